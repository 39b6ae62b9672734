using Patchbay.Platform.Retention;
using Patchbay.Storage;

namespace Patchbay.Platform.Events;

public readonly record struct EventKey(TenantId Tenant, EventId Id);

/// <summary>Something that happened, written in the transaction in which it happened.</summary>
/// <param name="Type">For example <c>payment.succeeded</c>.</param>
/// <param name="Subject">TypeID of what it happened to.</param>
/// <param name="Data">The subject as the API shows it, as JSON.</param>
/// <param name="TraceParent">W3C <c>traceparent</c> of the request that led to it; null when none did, as for what providers
/// report.</param>
[LedgerTable("events", OnlyInserted = true)]
public sealed partial record Event(
    [Key] TenantId TenantId, [Key] EventId Id, string Type, string Subject, DateTimeOffset OccurredAt, string Data,
    string? TraceParent = null)
{
    public EventKey Key => new(TenantId, Id);
}

/// <content>The outbox.</content>
public sealed partial class EventTable
{
    public static readonly Retained Kept =
        new("events", "events", TimeSpan.FromDays(30), "id") { Partitions = new PartitionedTable("events", "id", ["tenant_id", "id"]) };
}
