using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>How much of an event is sent.</summary>
public enum PayloadMode
{
    /// <summary>The whole event.</summary>
    Full,

    /// <summary>The event without its data, and where to fetch it.</summary>
    Thin,
}

/// <summary>In which form an event is sent.</summary>
public enum ContentMode
{
    /// <summary>The hub's own envelope.</summary>
    Standard,

    /// <summary>CloudEvents 1.0, structured mode.</summary>
    Cloudevents,
}

public readonly record struct WebhookKey(TenantId Tenant, WebhookId Id);

/// <summary>An address of a tenant's to which events are sent.</summary>
[LedgerTable("webhooks")]
public sealed partial record Webhook : ISignedEndpoint
{
    [Key] public required TenantId TenantId { get; init; }

    [Key] public required WebhookId Id { get; init; }

    [Fixed] public required DateTimeOffset CreatedAt { get; init; }

    public required string Url { get; init; }

    /// <summary>Patterns of the types that are wanted.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    public string? Description { get; init; }

    /// <summary>Of the further headers; their values are among the secrets.</summary>
    public required IReadOnlyList<string> HeaderNames { get; init; }

    /// <summary><see cref="EndpointSecrets"/>, sealed for this endpoint; empty once it is deleted.</summary>
    [Column("secrets")] public required byte[] SealedSecrets { get; init; }

    /// <summary>What may be shown of the client certificate; null when there is none.</summary>
    [StoredAs<StoredJson<ClientCertificateView>>] public ClientCertificateView? Certificate { get; init; }

    public required bool IsActive { get; init; }

    /// <summary>Why the hub has disabled it: see <see cref="DisabledReasons"/>; null when a person has, or while it is active.</summary>
    public string? DisabledReason { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public required PayloadMode PayloadMode { get; init; }

    public required ContentMode ContentMode { get; init; }

    /// <summary>One event at a time, in their order: the next goes when the one before was taken, or given up.</summary>
    public required bool Ordered { get; init; }

    /// <summary>Calls a second; null: no more than <see cref="WebhookLanes.DefaultRate"/>.</summary>
    public double? RateLimit { get; init; }

    /// <summary>When each try goes out, in seconds after the one before; null: <see cref="WebhookRules.DefaultSchedule"/>.</summary>
    public IReadOnlyList<int>? Schedule { get; init; }

    /// <summary>Until then what is sent is signed with the secret before, too.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Kept, without secrets, so that history can still name it.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public WebhookKey Key => new(TenantId, Id);

    string ISignedEndpoint.Purpose => PurposeOf(Id);

    public EventPatterns Patterns => EventPatterns.Of(Events);

    /// <summary>Where its deliveries wait.</summary>
    public LaneId Lane => new(Id.Value);

    /// <summary>Where tests by hand wait: open also while it is disabled.</summary>
    public LaneId TestLane => SideLane.Of(Id.Value);

    /// <summary>What its secrets are sealed for.</summary>
    public static string PurposeOf(WebhookId id) => "webhook:" + id;

    /// <summary>The endpoint a lane belongs to, if it is the lane of its tests.</summary>
    public static WebhookId OfTestLane(LaneId lane) => new(SideLane.DestinationOf(lane));
}

/// <summary>Why the hub disabled an endpoint.</summary>
public static class DisabledReasons
{
    /// <summary>It answered 410.</summary>
    public const string Gone = "gone";

    /// <summary>Every attempt failed for five days.</summary>
    public const string Failing = "failing";
}
