using System.Text.Json.Nodes;
using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>Shows deliveries, each as the feature that it belongs to names things.</summary>
public sealed class DeliveryViews(IEnumerable<DeliveryKind> kinds, Destinations destinations)
{
    private readonly Dictionary<string, DeliveryKind> _kinds = kinds.ToDictionary(kind => kind.Capability);

    /// <summary>As it stands now: what waits for a closed destination has no time at which it will go.</summary>
    /// <param name="attempts">Null in lists.</param>
    public async ValueTask<DeliveryView> ShowAsync(
        Delivery delivery, IReadOnlyList<Attempt>? attempts, CancellationToken cancellationToken)
    {
        var destination = await destinations.FindAsync(delivery.TenantId, delivery.Lane, cancellationToken);
        var view = Of(delivery, attempts);
        if (delivery.DueAt is null)
            return view;
        var goes = destination.ClosedBecause is null || destination.MayFallBack && delivery.Fallbacks.Count > 0;
        return goes ? view : view with { NextAttemptAt = null };
    }

    /// <param name="attempts">Null in lists.</param>
    public DeliveryView Of(Delivery delivery, IReadOnlyList<Attempt>? attempts = null)
    {
        var kind = _kinds[delivery.Capability];
        var destination = kind.Destination(delivery.Lane);
        return new DeliveryView(
            delivery.Id, delivery.Capability, TypeId.Format(kind.SubjectPrefix, delivery.SubjectId), destination,
            IntegrationOf(destination), destinations.ModeOf(delivery.TenantId, delivery.Lane), delivery.Status, delivery.Reason,
            delivery.Priority, delivery.AttemptCount, delivery.DueAt, delivery.IsUnresolved, delivery.LastReason, delivery.LastCode,
            delivery.LastMessage,
            delivery.Fallbacks.Select(lane => new IntegrationId(lane.Value)).ToArray(), delivery.CreatedAt, delivery.UpdatedAt,
            delivery.ExpiresAt, delivery.Route is null ? null : JsonNode.Parse(delivery.Route),
            attempts?.Select(attempt => Of(kind, attempt)).ToArray());
    }

    private static AttemptView Of(DeliveryKind kind, Attempt attempt)
    {
        var destination = kind.Destination(attempt.Lane);
        return new AttemptView(
            attempt.Number, attempt.Kind, destination, IntegrationOf(destination), attempt.StartedAt, attempt.DurationMs, attempt.Outcome,
            attempt.HttpStatus, attempt.Code, attempt.Message,
            attempt.RequestHash is null ? null : Convert.ToHexStringLower(attempt.RequestHash),
            attempt.ResponseHash is null ? null : Convert.ToHexStringLower(attempt.ResponseHash),
            attempt.RequestExcerpt, attempt.ResponseExcerpt);
    }

    private static IntegrationId? IntegrationOf(string destination) => TypeId.TryParse<IntegrationId>(destination, out var id) ? id : null;
}
