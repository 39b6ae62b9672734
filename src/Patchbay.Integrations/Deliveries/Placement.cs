using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>A delivery that is about to be made, said in what differs from one to the next.</summary>
/// <param name="Subject">What it acts for: the payment, the message, ...</param>
public readonly record struct Placement(ProviderCapability Capability, TenantId Tenant, Guid Subject, LaneId Lane)
{
    /// <summary>Null: high when money moves, else normal.</summary>
    public DeliveryPriority? Priority { get; init; }

    /// <summary>See <see cref="Delivery.Payload"/>; null: none.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>See <see cref="Delivery.Route"/>.</summary>
    public string? Route { get; init; }

    /// <summary>See <see cref="Delivery.Fallbacks"/>; null: none.</summary>
    public IReadOnlyList<LaneId>? Fallbacks { get; init; }

    /// <summary>See <see cref="Delivery.TraceParent"/>.</summary>
    public string? TraceParent { get; init; }

    /// <summary>See <see cref="Delivery.Companion"/>.</summary>
    public object? Companion { get; init; }

    /// <summary>Not called before; null, or past: at once.</summary>
    public DateTimeOffset? Begins { get; init; }

    /// <summary>Null: when the capability's window is over, which opens when it begins.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The delivery, to be placed by the engine and inserted.</summary>
    public Delivery New(IdGenerator ids, DateTimeOffset now)
    {
        var begins = Begins > now ? Begins.Value : now;
        return new Delivery
        {
            TenantId = Tenant,
            Id = ids.New<DeliveryId>(),
            Capability = Capability.Name,
            Lane = Lane,
            SubjectId = Subject,
            Priority = Priority ?? (Capability.Rules.MovesMoney ? DeliveryPriority.High : DeliveryPriority.Normal),
            Payload = Payload ?? [],
            Route = Route,
            Fallbacks = Fallbacks ?? [],
            TraceParent = TraceParent,
            Companion = Companion,
            DueAt = begins > now ? begins : null,
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = ExpiresAt ?? begins + Capability.Rules.Window,
        };
    }
}
