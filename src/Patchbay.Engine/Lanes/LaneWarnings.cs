using System.Collections.Concurrent;
using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>
/// What nodes tell each other about destinations, and a node that starts is told. A pause that the destination asked for holds on all of
/// them. That a breaker opened makes the others wary, no more: the fault may lie on that one node's way there, and must not stop those that
/// get through.
/// </summary>
internal sealed class LaneWarnings(Database database, Membership membership, TimeProvider time)
{
    /// <summary>Longer than the longest pause of a breaker, so that a destination that stays dead stays known.</summary>
    private static readonly TimeSpan WaryFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(LaneId Lane, bool Asked), LaneWarning> _toTell = new();
    private ILookup<LaneId, LaneWarning> _heard = Array.Empty<LaneWarning>().ToLookup(warning => warning.Lane);

    /// <param name="pause">What the destination asked for; null: the breaker opened.</param>
    public void Tell(LaneId lane, TimeSpan? pause) =>
        _toTell[(lane, pause is not null)] = new LaneWarning(lane, pause is not null, time.GetUtcNow() + (pause ?? WaryFor));

    /// <summary>What others told of a lane.</summary>
    public IEnumerable<LaneWarning> About(LaneId lane) => Volatile.Read(ref _heard)[lane];

    /// <summary>Tells the others, and returns what is new from them.</summary>
    public async Task<IReadOnlyList<LaneWarning>> ExchangeAsync(CancellationToken cancellationToken)
    {
        var (now, self) = (time.GetUtcNow(), membership.Self);
        if (!_toTell.IsEmpty)
            await TellAsync(now, self, cancellationToken);
        var heard = await database.QueryAsync(
            "SELECT lane_id, asked, until FROM lane_warnings WHERE told_by <> @self AND until > @now LIMIT 10000", new { self, now },
            row => new LaneWarning(new LaneId(row.Guid("lane_id")), row.Flag("asked"), row.Time("until")), cancellationToken);
        var before = Interlocked.Exchange(ref _heard, heard.ToLookup(warning => warning.Lane));
        return
        [
            .. heard.Where(warning => !before[warning.Lane].Any(known => known.Asked == warning.Asked && known.Until >= warning.Until)),
        ];
    }

    private async Task TellAsync(DateTimeOffset now, NodeId self, CancellationToken cancellationToken)
    {
        var telling = _toTell.OrderBy(pair => (pair.Key.Lane.Value, pair.Key.Asked)).ToList();   // nodes lock rows in the same order
        await using (var write = await database.BeginWriteAsync(cancellationToken))
        {
            foreach (var (_, warning) in telling)
            {
                await database.ExecuteAsync(
                    write,
                    "INSERT INTO lane_warnings (lane_id, asked, until, told_by) VALUES (@lane, @Asked, @Until, @self) " +
                    "ON CONFLICT (lane_id, asked) DO UPDATE SET until = excluded.until, told_by = excluded.told_by " +
                    "WHERE lane_warnings.until < excluded.until",
                    new { lane = warning.Lane.Value, warning.Asked, warning.Until, self }, cancellationToken);
            }

            await write.CommitAsync(cancellationToken);
        }

        foreach (var told in telling)
            _toTell.TryRemove(told);
        await database.ExecuteAsync("DELETE FROM lane_warnings WHERE until < @now", new { now }, cancellationToken);
    }
}
