using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>The rows of <c>attempts</c>; only ever inserted.</summary>
public sealed class AttemptTable : Table<AttemptKey, Attempt>
{
    public static readonly AttemptTable Instance = new();

    private AttemptTable()
        : base("attempts", attempt => new(attempt.TenantId, attempt.DeliveryId, attempt.Number))
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("delivery_id", key => key.Delivery.Value);
        Key("number", key => key.Number);
        Fixed("kind", attempt => attempt.Kind.ToWord());
        Fixed("lane_id", attempt => attempt.Lane.Value);
        Fixed("started_at", attempt => attempt.StartedAt);
        Fixed("duration_ms", attempt => attempt.DurationMs);
        Fixed("outcome", attempt => attempt.Outcome.ToWord());
        Fixed("http_status", attempt => attempt.HttpStatus);
        Fixed("code", attempt => attempt.Code);
        Fixed("message", attempt => attempt.Message);
        Fixed("request_hash", attempt => attempt.RequestHash);
        Fixed("response_hash", attempt => attempt.ResponseHash);
        Fixed("request_excerpt", attempt => attempt.RequestExcerpt);
        Fixed("response_excerpt", attempt => attempt.ResponseExcerpt);
    }

    public override Attempt Read(Row row) => new()
    {
        TenantId = row.Id<TenantId>("tenant_id"),
        DeliveryId = row.Id<DeliveryId>("delivery_id"),
        Number = row.Int("number"),
        Kind = Words.Parse<AttemptKind>(row.Text("kind")),
        Lane = new LaneId(row.Guid("lane_id")),
        StartedAt = row.Time("started_at"),
        DurationMs = row.Int("duration_ms"),
        Outcome = Words.Parse<AttemptOutcome>(row.Text("outcome")),
        HttpStatus = row.FindInt("http_status"),
        Code = row.FindText("code"),
        Message = row.FindText("message"),
        RequestHash = row.FindBytes("request_hash"),
        ResponseHash = row.FindBytes("response_hash"),
        RequestExcerpt = row.FindText("request_excerpt"),
        ResponseExcerpt = row.FindText("response_excerpt"),
    };
}
