using System.Collections.Concurrent;
using System.Net;

namespace Patchbay.TestKit;

/// <summary>What the clients saw.</summary>
public sealed class LoadFigures
{
    private readonly Lock _gate = new();
    private long _lastAccepted;
    private bool _ended;
    private TimeSpan _longestGap;
    private int _accepted;
    private int _noConnection;
    private int _inProgress;

    /// <summary>Operations with a definite answer.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Requests that got no answer.</summary>
    public int NoConnection => Volatile.Read(ref _noConnection);

    /// <summary>Requests that met their own earlier try.</summary>
    public int InProgress => Volatile.Read(ref _inProgress);

    /// <summary>Answers with 5xx, by status and code.</summary>
    public ConcurrentDictionary<string, int> ServerErrors { get; } = new();

    /// <summary>Answers that should never have been given.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>Requests that had to be sent again.</summary>
    public int Repeats => NoConnection + InProgress + ServerErrors.Values.Sum();

    /// <summary>The longest time in which no operation at all was accepted, while new ones kept coming.</summary>
    public TimeSpan LongestGap
    {
        get
        {
            lock (_gate)
                return _longestGap;
        }
    }

    public void CountAccepted()
    {
        Interlocked.Increment(ref _accepted);
        var now = TimeProvider.System.GetTimestamp();
        lock (_gate)
        {
            if (_lastAccepted != 0 && !_ended && TimeProvider.System.GetElapsedTime(_lastAccepted, now) is var gap && gap > _longestGap)
                _longestGap = gap;
            _lastAccepted = now;
        }
    }

    /// <summary>No new operations come: how long the rest takes is no gap.</summary>
    public void StopGaps()
    {
        lock (_gate)
            _ended = true;
    }

    public void CountServerError(HttpStatusCode status, string? code) =>
        ServerErrors.AddOrUpdate($"{(int)status} {code}", 1, (_, count) => count + 1);

    public void CountNoConnection() => Interlocked.Increment(ref _noConnection);

    public void CountInProgress() => Interlocked.Increment(ref _inProgress);
}
