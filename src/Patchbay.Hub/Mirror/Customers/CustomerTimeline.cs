using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Timeline;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Mirror.Customers;

/// <summary>Puts together what happened to, and for, a customer.</summary>
public sealed class CustomerTimeline(IEnumerable<ITimelineSource> sources, DeliveryHandlers deliveries)
{
    private readonly ITimelineSource[] _sources = [.. sources];

    /// <summary>Of what the caller may see.</summary>
    public async Task<Page<TimelineEntryView>> ReadAsync(
        Caller caller, CustomerRecord customer, PageRequest page, CancellationToken cancellationToken)
    {
        var query = new TimelineQuery(
            caller.Tenant, customer.Mode, customer.Id.ToString(), customer.ExternalId, page.Before, page.Limit + 1);
        var entries = new List<TimelineEntry>();
        foreach (var source in _sources.Where(source => Allows(caller, source.Permission)))
            entries.AddRange(await source.ReadAsync(query, cancellationToken));
        var shown = Page<TimelineEntry>.Of(
            [.. entries.OrderByDescending(entry => entry.Id).Take(query.Limit)], page.Limit, entry => entry.Id);
        var made = Allows(caller, "read:deliveries")
            ? await deliveries.OfAsync(caller.Tenant, [.. shown.Data.Select(entry => entry.Id)], cancellationToken) : [];
        var of = made.ToLookup(delivery => delivery.SubjectId);
        return shown.Select(entry => new TimelineEntryView(
            entry.Type, (JsonObject)JsonSerializer.SerializeToNode(entry.View, entry.View.GetType(), HubJson.Options)!,
            [.. of[entry.Id].Select(TimelineDeliveryView.Of)]));
    }

    private static bool Allows(Caller caller, string permission) => Permissions.Allow(caller.Key.Permissions, permission);
}

/// <summary>Something that happened to, or for, a customer.</summary>
/// <param name="Type">What <c>data</c> is: <c>payment</c>, <c>payout</c>, <c>message</c> or <c>invoice</c>.</param>
/// <param name="Data">As its own endpoint shows it.</param>
/// <param name="Deliveries">The calls that were made for it, newest first; empty for a key that may not read deliveries.</param>
public sealed record TimelineEntryView(string Type, JsonObject Data, IReadOnlyList<TimelineDeliveryView> Deliveries);

/// <summary>A delivery in short.</summary>
/// <param name="ErrorCode">Of its last attempt; null when that went well.</param>
public sealed record TimelineDeliveryView(
    DeliveryId Id, string Capability, DeliveryStatus Status, string? ErrorCode, DateTimeOffset CreatedAt)
{
    public static TimelineDeliveryView Of(Delivery delivery) =>
        new(delivery.Id, delivery.Capability, delivery.Status, delivery.LastCode, delivery.CreatedAt);
}
