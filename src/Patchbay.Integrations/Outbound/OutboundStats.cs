using Patchbay.Engine;
using Patchbay.Platform.Loops;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Outbound;

/// <summary>
/// Keeps and reads the figures of endpoints. They are written in the transaction that records an outcome, one row an endpoint and batch; at
/// most 2016 five minutes in 8 parts are read, whatever the history (docs/adr/0014-event-relay.md).
/// </summary>
public sealed class OutboundStats(Database database, IdGenerator ids, TimeProvider time)
{
    private const int Parts = 8;
    private const int Step = 1_000;

    private static readonly TimeSpan Bucket = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Nodes have one of their own, as far as parts go.</summary>
    private readonly int _part = ids.NewGuid().ToByteArray(bigEndian: true)[15] % Parts;

    /// <summary>For a call that was measured; nothing for another.</summary>
    public void Need(LedgerNeeds needs, TenantId tenant, Guid endpoint, CallReport? report)
    {
        if (report?.Timing is { } timing)
            needs.Row(OutboundStatTable.Instance, KeyOf(tenant, endpoint, timing));
    }

    public void Count(LedgerRows rows, TenantId tenant, Guid endpoint, CallReport? report)
    {
        if (report?.Timing is not { } timing)
            return;
        var key = KeyOf(tenant, endpoint, timing);
        var before = rows.Find(OutboundStatTable.Instance, key);
        var after = (before ?? new OutboundStat(tenant, endpoint, key.From, key.Part, 0, 0, 0, LatencyCounts.None, null, null, null))
            .Add(timing.Took, report.Failure?.Code, timing.StartedAt + timing.Took);
        if (before is null)
            rows.Insert(OutboundStatTable.Instance, after);
        else
            rows.Update(OutboundStatTable.Instance, after);
    }

    public async Task<OutboundStatsView> ReadAsync(TenantId tenant, Guid endpoint, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await database.QueryAsync(
            "SELECT * FROM outbound_stats WHERE tenant_id = @tenant AND endpoint_id = @endpoint AND from_at > @since "
            + "ORDER BY from_at DESC LIMIT 17000",
            new { tenant, endpoint, since = now - Longest - Bucket }, OutboundStatTable.Instance.Read, cancellationToken);
        return new OutboundStatsView(Within(TimeSpan.FromHours(1)), Within(TimeSpan.FromDays(1)), Within(Longest));

        OutboundFigures Within(TimeSpan window) => OutboundFigures.Of(rows.Where(row => row.From > now - window - Bucket));
    }

    /// <summary>When a call last went well, if that was after a moment of the last week; else null.</summary>
    public async Task<DateTimeOffset?> LastSuccessAsync(
        TenantId tenant, Guid endpoint, DateTimeOffset after, CancellationToken cancellationToken)
    {
        var found = await database.QueryAsync(
            "SELECT max(last_success_at) AS at FROM outbound_stats "
            + "WHERE tenant_id = @tenant AND endpoint_id = @endpoint AND from_at > @from",
            new { tenant, endpoint, from = after - Bucket }, row => row.FindTime("at"), cancellationToken);
        return found[0] > after ? found[0] : null;
    }

    /// <summary>Removes what is older than anything that is shown.</summary>
    public Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        const string Sql = $"""
            DELETE FROM outbound_stats WHERE (tenant_id, endpoint_id, from_at, part) IN (   -- engine scope: all tenants
                SELECT tenant_id, endpoint_id, from_at, part FROM outbound_stats
                 WHERE from_at < @before AND {TenantMoveTable.NotMoving} ORDER BY from_at LIMIT @Step)
            """;
        return database.ExecuteInStepsAsync(Sql, Step, new { before = time.GetUtcNow() - Longest - Bucket, Step }, cancellationToken);
    }

    private OutboundStatKey KeyOf(TenantId tenant, Guid endpoint, CallTiming timing)
    {
        var at = timing.StartedAt + timing.Took;
        return new OutboundStatKey(tenant, endpoint, new DateTimeOffset(at.UtcTicks - at.UtcTicks % Bucket.Ticks, TimeSpan.Zero), _part);
    }
}
