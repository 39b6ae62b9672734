namespace Patchbay.Integrations.Outbound;

/// <summary>How an endpoint has done, over three windows that end now; tests by hand are not in it.</summary>
public sealed record OutboundStatsView(OutboundFigures LastHour, OutboundFigures LastDay, OutboundFigures LastWeek);

/// <summary>Calls of one window; it begins up to five minutes earlier than its name says.</summary>
/// <param name="SuccessRate">From 0 to 1; null when there was no call.</param>
/// <param name="AverageMs">Of all calls; null when there was none.</param>
/// <param name="P50Ms">Of the successful calls, within a fifth; null when there was none.</param>
/// <param name="LastFailure">Code of the last failure, for example <c>timeout</c> or <c>http_500</c>; null when there was none.</param>
public sealed record OutboundFigures(
    long Attempts, long Succeeded, double? SuccessRate, double? AverageMs, double? P50Ms, double? P95Ms, string? LastFailure,
    DateTimeOffset? LastFailureAt)
{
    internal static OutboundFigures Of(IEnumerable<OutboundStat> rows)
    {
        long attempts = 0, succeeded = 0, total = 0;
        var latencies = LatencyCounts.None;
        OutboundStat? failed = null;
        foreach (var row in rows)
        {
            attempts += row.Attempts;
            succeeded += row.Succeeded;
            total += row.TotalMs;
            latencies = latencies.Add(row.Latencies);
            if (row.LastFailureAt is not null && (failed is null || row.LastFailureAt > failed.LastFailureAt))
                failed = row;
        }

        return new OutboundFigures(
            attempts, succeeded, attempts == 0 ? null : Math.Round((double)succeeded / attempts, 4),
            attempts == 0 ? null : Math.Round((double)total / attempts, 1),
            latencies.Percentile(0.5), latencies.Percentile(0.95), failed?.LastFailure, failed?.LastFailureAt);
    }
}
