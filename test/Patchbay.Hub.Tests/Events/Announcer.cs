using Patchbay.Platform.Alerts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Events;

/// <summary>Publishes numbered events of one tenant, as a node does.</summary>
internal sealed class Announcer(Ledger ledger, EventLog log, TenantId tenant)
{
    private static readonly EventType Raised = Declared.EventTypes.Find("alert.raised")!;

    private int _count;

    /// <summary>In one transaction; numbered from 1 in their messages.</summary>
    public Task AlertAsync(int count, CancellationToken cancellationToken, int padding = 0)
    {
        var first = Interlocked.Add(ref _count, count) - count + 1;
        return ledger.CommitAsync(new Publishing(rows =>
        {
            for (var i = first; i < first + count; i++)
                log.Publish(rows, tenant, Raised, $"n{i}", new Alert("test", $"{i}{new string(' ', padding)}", $"n{i}"),
                    TimeProvider.System.GetUtcNow());
        }), cancellationToken);
    }

    /// <summary>With the example of its type as data.</summary>
    public Task PublishAsync(string type, CancellationToken cancellationToken) => ledger.CommitAsync(new Publishing(rows =>
    {
        var declared = Declared.EventTypes.Find(type)!;
        log.Publish(rows, tenant, declared, type, WrittenJson.Of(declared.Example), TimeProvider.System.GetUtcNow());
    }), cancellationToken);

    /// <summary>A node of its own on a database.</summary>
    public static Announcer On(Database database, TenantId tenant, out Ledger ledger) =>
        new(ledger = new Ledger(database, TimeProvider.System), new EventLog(new IdGenerator(TimeProvider.System)), tenant);

    private sealed class Publishing(Action<LedgerRows> publish) : LedgerWork<bool>
    {
        public override bool Decide(LedgerRows rows)
        {
            publish(rows);
            return true;
        }
    }
}
