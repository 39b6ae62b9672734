using Patchbay.Platform.Retention;
using Patchbay.Storage;

namespace Patchbay.Platform.Events;

public readonly record struct EventKey(TenantId Tenant, EventId Id);

/// <summary>Something that happened, written in the transaction in which it happened.</summary>
/// <param name="Type">For example <c>payment.succeeded</c>.</param>
/// <param name="Subject">TypeID of what it happened to.</param>
/// <param name="Data">The subject as the API shows it, as JSON.</param>
/// <param name="TraceParent">W3C <c>traceparent</c> of the request that led to it; null when none did, as for what providers report.</param>
public sealed record Event(TenantId TenantId, EventId Id, string Type, string Subject, DateTimeOffset OccurredAt, string Data, string? TraceParent = null);

/// <summary>The rows of <c>events</c>: the outbox. Only ever inserted.</summary>
public sealed class EventTable : Table<EventKey, Event>
{
    public static readonly EventTable Instance = new();

    public static readonly Retained Kept = new("events", "events", TimeSpan.FromDays(30), "id") { Partitions = new PartitionedTable("events", "id", ["tenant_id", "id"]) };

    private EventTable()
        : base("events", entry => new(entry.TenantId, entry.Id))
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id.Value);
        Fixed("type", entry => entry.Type);
        Fixed("subject", entry => entry.Subject);
        Fixed("occurred_at", entry => entry.OccurredAt);
        Fixed("data", entry => entry.Data);
        Fixed("trace_parent", entry => entry.TraceParent);
    }

    public override Event Read(Row row) => new(
        row.Id<TenantId>("tenant_id"), row.Id<EventId>("id"), row.Text("type"), row.Text("subject"), row.Time("occurred_at"), row.Text("data"), row.FindText("trace_parent"));
}
