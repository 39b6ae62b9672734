using Patchbay.Engine;

namespace Patchbay.Integrations.Inbound;

/// <summary>A bucket for each of any number of keys. Whoever sends under ever new ones shares one bucket with all that do.</summary>
internal sealed class TokenBuckets<TKey>(double perSecond, double burst, TimeProvider time)
    where TKey : notnull
{
    public const int MaxKeys = 10_000;

    private static readonly TimeSpan CleanEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, TokenBucket> _buckets = [];
    private readonly TokenBucket _others = new(perSecond, burst, time);
    private long _cleanedAt = time.GetTimestamp();

    /// <summary>False when there is no token; then it says how long until the next.</summary>
    public bool TryTake(TKey key, out TimeSpan wait)
    {
        lock (_gate)
        {
            var bucket = Of(key);
            var taken = bucket.TryTake();
            wait = taken ? TimeSpan.Zero : bucket.UntilNext();
            return taken;
        }
    }

    public void GiveBack(TKey key)
    {
        lock (_gate)
            Of(key).GiveBack();
    }

    private TokenBucket Of(TKey key)
    {
        if (_buckets.TryGetValue(key, out var bucket))
            return bucket;
        if (_buckets.Count >= MaxKeys)
            Clean();
        return _buckets.Count >= MaxKeys ? _others : _buckets[key] = new TokenBucket(perSecond, burst, time);
    }

    /// <summary>A full bucket is as good as a new one.</summary>
    private void Clean()
    {
        if (time.GetElapsedTime(_cleanedAt) < CleanEvery)
            return;
        _cleanedAt = time.GetTimestamp();
        foreach (var (key, _) in _buckets.Where(one => one.Value.UntilFull() == TimeSpan.Zero).ToList())
            _buckets.Remove(key);
    }
}
