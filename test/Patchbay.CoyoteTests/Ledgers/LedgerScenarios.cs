using Patchbay.Storage;

namespace Patchbay.CoyoteTests;

/// <summary>What several callers do with ledgers at the same time.</summary>
internal static class LedgerScenarios
{
    private static readonly Guid Id = new("00000000-0000-7000-8000-000000000001");

    /// <summary>Callers of two nodes count in one row, some by what they believe of it.</summary>
    public static async Task TwoNodesCount()
    {
        var tables = new MemoryTables();
        var first = new Ledger(new MemoryStore(tables), TimeProvider.System);
        var second = new Ledger(new MemoryStore(tables), TimeProvider.System);
        await first.CommitAsync(new AddOne(Id, null), CancellationToken.None);
        var believed = new Tally(Id, 1);

        var sums = await Task.WhenAll(
            Count(first, believed), Count(second, believed), Count(first, null), Count(second, null), Count(first, believed));
        await first.DisposeAsync();
        await second.DisposeAsync();

        BrokenPromiseException.Unless(sums.Order().SequenceEqual([2L, 3, 4, 5, 6]), "Each change builds on the one before.");
        BrokenPromiseException.Unless(tables.Rows.Values.Single() is Tally { Sum: 6 }, "The row has every change.");
    }

    /// <summary>A ledger stops while callers come.</summary>
    public static async Task StopsWhileCallersCome()
    {
        var tables = new MemoryTables();
        var ledger = new Ledger(new MemoryStore(tables), TimeProvider.System);
        var callers = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CountUnlessStopped(ledger, tables)));
        var stopped = Task.Run(async () => await ledger.DisposeAsync());

        var committed = (await callers).Count(done => done);
        await stopped;

        var sum = tables.Rows.Values.OfType<Tally>().SingleOrDefault()?.Sum ?? 0;
        BrokenPromiseException.Unless(sum == committed, "What was answered is there, and nothing else.");
    }

    private static Task<long> Count(Ledger ledger, Tally? believed) =>
        Task.Run(() => ledger.CommitAsync(new AddOne(Id, believed), CancellationToken.None));

    private static Task<bool> CountUnlessStopped(Ledger ledger, MemoryTables tables) => Task.Run(async () =>
    {
        try
        {
            var sum = await ledger.CommitAsync(new AddOne(Id, null), CancellationToken.None);
            BrokenPromiseException.Unless(tables.Rows.Values.OfType<Tally>().Any(row => row.Sum >= sum),
                "A caller is answered after the commit.");
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    });
}
