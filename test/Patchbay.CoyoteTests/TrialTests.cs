using Patchbay.Storage;

namespace Patchbay.CoyoteTests;

public sealed class TrialTests
{
    private sealed class Broken { private int _n; public async Task<bool> TakeAsync() { if (_n >= 1) return false; await Task.Yield(); _n++; return true; } public int N => _n; }

    [Fact]
    public void Planted()
    {
        var bug = Schedules.Explore(async () => { var b = new Broken(); await Task.WhenAll(Task.Run(b.TakeAsync), Task.Run(b.TakeAsync)); if (b.N > 1) throw new InvalidOperationException("both"); }, 100);
        Assert.NotNull(bug);
    }

    [Fact]
    public void Ids()
    {
        Assert.Null(Schedules.Explore(async () =>
        {
            var ids = new IdGenerator(TimeProvider.System);
            var made = await Task.WhenAll(Task.Run(ids.NewGuid), Task.Run(ids.NewGuid), Task.Run(ids.NewGuid));
            if (made.Distinct().Count() != 3) throw new InvalidOperationException("same");
        }, 100));
    }

    private sealed class Nothing(int n) : LedgerWork<int> { public override int Decide(LedgerRows rows) => n; }

    private sealed class Store : ILedgerStore
    {
        public int Open;
        public async Task<ITableTransaction> BeginAsync(CancellationToken cancellationToken) { await Task.Yield(); if (++Open > 1) throw new InvalidOperationException("two"); return new Tx(this); }
        public bool IsDuplicate(System.Data.Common.DbException exception) => false;
        public bool CameTooLate(System.Data.Common.DbException exception) => false;
        public ValueTask DisposeAsync() => default;
    }
    private sealed class Tx(Store store) : ITableTransaction
    {
        public Task<IReadOnlyList<TRow>> SelectAsync<TKey, TRow>(Table<TKey, TRow> table, TableStatements<TKey, TRow> statements, TKey[] keys, CancellationToken cancellationToken) where TKey : struct, IEquatable<TKey> where TRow : class => throw new NotImplementedException();
        public Task InsertAsync<TKey, TRow>(TableStatements<TKey, TRow> statements, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) where TKey : struct, IEquatable<TKey> where TRow : class => throw new NotImplementedException();
        public Task UpdateAsync<TKey, TRow>(TableStatements<TKey, TRow> statements, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) where TKey : struct, IEquatable<TKey> where TRow : class => throw new NotImplementedException();
        public Task DeleteAsync<TKey, TRow>(TableStatements<TKey, TRow> statements, TKey[] keys, CancellationToken cancellationToken) where TKey : struct, IEquatable<TKey> where TRow : class => throw new NotImplementedException();
        public async Task CommitAsync(CancellationToken cancellationToken) => await Task.Yield();
        public ValueTask DisposeAsync() { store.Open--; return default; }
    }

    [Fact]
    public void LedgerRuns()
    {
        Assert.Null(Schedules.Explore(async () =>
        {
            var ledger = new Ledger(new Store(), TimeProvider.System);
            var all = Enumerable.Range(0, 4).Select(i => Task.Run(() => ledger.CommitAsync(new Nothing(i), CancellationToken.None))).ToArray();
            var r = await Task.WhenAll(all);
            await ledger.DisposeAsync();
            if (!r.SequenceEqual([0, 1, 2, 3])) throw new InvalidOperationException("results");
        }, 100));
    }
}
