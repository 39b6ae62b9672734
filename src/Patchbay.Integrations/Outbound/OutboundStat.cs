using Patchbay.Storage;

namespace Patchbay.Integrations.Outbound;

public readonly record struct OutboundStatKey(TenantId Tenant, Guid Endpoint, DateTimeOffset From, int Part);

/// <summary>What came of the calls to one endpoint within five minutes, as one process saw it.</summary>
/// <param name="From">A whole five minutes.</param>
/// <param name="TotalMs">Of all calls together.</param>
/// <param name="Latencies">Of the successful ones.</param>
/// <param name="LastFailure">Code of the last failure; null when there was none.</param>
[LedgerTable("outbound_stats")]
internal sealed partial record OutboundStat(
    [Key] TenantId TenantId, [Key, Column("endpoint_id")] Guid Endpoint, [Key, Column("from_at")] DateTimeOffset From, [Key] int Part,
    long Attempts, long Succeeded, long TotalMs, LatencyCounts Latencies,
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
