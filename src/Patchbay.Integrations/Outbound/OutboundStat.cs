using Patchbay.Storage;

namespace Patchbay.Integrations.Outbound;

public readonly record struct OutboundStatKey(TenantId Tenant, Guid Endpoint, DateTimeOffset From, int Part);

/// <summary>What came of the calls to one endpoint within five minutes, as one process saw it.</summary>
/// <param name="From">A whole five minutes.</param>
/// <param name="TotalMs">Of all calls together.</param>
/// <param name="Latencies">Of the successful ones.</param>
/// <param name="LastFailure">Code of the last failure; null when there was none.</param>
internal sealed record OutboundStat(
    TenantId TenantId, Guid Endpoint, DateTimeOffset From, int Part, long Attempts, long Succeeded, long TotalMs, LatencyCounts Latencies,
    DateTimeOffset? LastSuccessAt, DateTimeOffset? LastFailureAt, string? LastFailure)
{
    public OutboundStatKey Key => new(TenantId, Endpoint, From, Part);

    /// <param name="failure">Null when it went well.</param>
    public OutboundStat Add(TimeSpan took, string? failure, DateTimeOffset now) => this with
    {
        Attempts = Attempts + 1,
        Succeeded = Succeeded + (failure is null ? 1 : 0),
        TotalMs = TotalMs + (long)took.TotalMilliseconds,
        Latencies = failure is null ? Latencies.Add(took) : Latencies,
        LastSuccessAt = failure is null ? now : LastSuccessAt,
        LastFailureAt = failure is null ? LastFailureAt : now,
        LastFailure = failure ?? LastFailure,
    };
}

/// <summary>The rows of <c>outbound_stats</c>.</summary>
internal sealed class OutboundStatTable : Table<OutboundStatKey, OutboundStat>
{
    public static readonly OutboundStatTable Instance = new();

    private OutboundStatTable()
        : base("outbound_stats", stat => stat.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("endpoint_id", key => key.Endpoint);
        Key("from_at", key => key.From);
        Key("part", key => key.Part);
        Mutable("attempts", stat => stat.Attempts);
        Mutable("succeeded", stat => stat.Succeeded);
        Mutable("total_ms", stat => stat.TotalMs);
        Mutable("latencies", stat => stat.Latencies.ToString());
        Mutable("last_success_at", stat => stat.LastSuccessAt);
        Mutable("last_failure_at", stat => stat.LastFailureAt);
        Mutable("last_failure", stat => stat.LastFailure);
    }

    public override OutboundStat Read(Row row) => new(
        row.Id<TenantId>("tenant_id"), row.Guid("endpoint_id"), row.Time("from_at"), row.Int("part"), row.Long("attempts"), row.Long("succeeded"),
        row.Long("total_ms"), LatencyCounts.Parse(row.Text("latencies")), row.FindTime("last_success_at"), row.FindTime("last_failure_at"), row.FindText("last_failure"));
}
