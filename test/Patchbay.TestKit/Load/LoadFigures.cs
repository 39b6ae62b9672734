using System.Collections.Concurrent;

namespace Patchbay.DurabilityTests.Load;

/// <summary>What the clients saw.</summary>
internal sealed class LoadFigures
{
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

    public void CountAccepted() => Interlocked.Increment(ref _accepted);

    public void CountNoConnection() => Interlocked.Increment(ref _noConnection);

    public void CountInProgress() => Interlocked.Increment(ref _inProgress);
}
