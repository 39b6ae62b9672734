using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Patchbay.Sandbox.Ledger;

/// <summary>Counts by key.</summary>
internal sealed class Tally<TKey>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, StrongBox<long>> _counts = new();

    public long this[TKey key] => _counts.TryGetValue(key, out var count) ? Interlocked.Read(ref count.Value) : 0;

    public int Keys => _counts.Count;

    public void Add(TKey key, long amount = 1) =>
        Interlocked.Add(ref _counts.GetOrAdd(key, static _ => new StrongBox<long>()).Value, amount);

    public void Clear() => _counts.Clear();

    public IEnumerable<KeyValuePair<TKey, long>> Entries() =>
        _counts.Select(entry => KeyValuePair.Create(entry.Key, Interlocked.Read(ref entry.Value.Value)));
}
