using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>The rows of <c>deliveries</c>.</summary>
public sealed class DeliveryTable : Table<DeliveryKey, Delivery>
{
    public static readonly DeliveryTable Instance = new();

    private DeliveryTable()
        : base("deliveries", delivery => delivery.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id.Value);
        Fixed("capability", delivery => delivery.Capability);
        Fixed("subject_id", delivery => delivery.SubjectId);
        Fixed("created_at", delivery => delivery.CreatedAt);
        InsertOnly("payload", delivery => delivery.Payload);
        InsertOnly("route", delivery => delivery.Route);
        InsertOnly("trace_parent", delivery => delivery.TraceParent);
        Mutable("lane_id", delivery => delivery.Lane.Value);
        Mutable("priority", delivery => (int)delivery.Priority);
        Mutable("status", delivery => delivery.Status.ToWord());
        Mutable("due_at", delivery => delivery.DueAt);
        Mutable("leased_by", delivery => delivery.LeasedBy?.Value);
        Mutable("attempt_count", delivery => delivery.AttemptCount);
        Mutable("tries", delivery => delivery.Tries);
        Mutable("lane_tries", delivery => delivery.LaneTries);
        Mutable("look_ups", delivery => delivery.LookUps);
        Mutable("in_doubt", delivery => delivery.InDoubt);
        Mutable("first_call_at", delivery => delivery.FirstCallAt);
        Mutable("fallbacks", delivery => WriteLanes(delivery.Fallbacks));
        Mutable("reason", delivery => delivery.Reason);
        Mutable("last_code", delivery => delivery.LastCode);
        Mutable("last_message", delivery => delivery.LastMessage);
        Mutable("cancel_requested", delivery => delivery.CancelRequested);
        Mutable("updated_at", delivery => delivery.UpdatedAt);
        Mutable("expires_at", delivery => delivery.ExpiresAt);
        Version("version", delivery => delivery.Version, (delivery, version) => delivery with { Version = version });
    }

    public override Delivery Read(Row row) => new()
    {
        TenantId = row.Id<TenantId>("tenant_id"),
        Id = row.Id<DeliveryId>("id"),
        Capability = row.Text("capability"),
        SubjectId = row.Guid("subject_id"),
        CreatedAt = row.Time("created_at"),
        Lane = new LaneId(row.Guid("lane_id")),
        Priority = (DeliveryPriority)row.Int("priority"),
        Status = Words.Parse<DeliveryStatus>(row.Text("status")),
        DueAt = row.FindTime("due_at"),
        LeasedBy = row.FindId<NodeId>("leased_by"),
        AttemptCount = row.Int("attempt_count"),
        Tries = row.Int("tries"),
        LaneTries = row.Int("lane_tries"),
        LookUps = row.Int("look_ups"),
        InDoubt = row.Flag("in_doubt"),
        FirstCallAt = row.FindTime("first_call_at"),
        Fallbacks = ReadLanes(row.Text("fallbacks")),
        Reason = row.FindText("reason"),
        LastCode = row.FindText("last_code"),
        LastMessage = row.FindText("last_message"),
        CancelRequested = row.Flag("cancel_requested"),
        UpdatedAt = row.Time("updated_at"),
        ExpiresAt = row.Time("expires_at"),
        Version = row.Int("version"),
    };

    /// <summary>Also what is needed to make the call.</summary>
    public Delivery ReadWhole(Row row) => Read(row) with
    {
        Payload = row.Bytes("payload"),
        Route = row.FindText("route"),
        TraceParent = row.FindText("trace_parent"),
    };

    private static string WriteLanes(IReadOnlyList<LaneId> lanes) =>
        lanes.Count == 0 ? "" : string.Join(',', lanes.Select(lane => lane.Value.ToString("N")));

    private static IReadOnlyList<LaneId> ReadLanes(string text) =>
        text.Length == 0 ? [] : text.Split(',').Select(lane => new LaneId(Guid.ParseExact(lane, "N"))).ToArray();
}
