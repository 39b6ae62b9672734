namespace Patchbay.Engine;

/// <summary>What a destination bears, and whether work may go to it now.</summary>
/// <param name="RequestsPerSecond">Above zero.</param>
/// <param name="Concurrency">Calls at the same time; above zero.</param>
/// <param name="ClosedBecause">Null while it may be called. A closed lane keeps its work, or hands it to the fallbacks.</param>
public sealed record LaneSettings(double RequestsPerSecond, int Concurrency, string? ClosedBecause = null)
{
    /// <summary>False in incident mode: work is held where it is.</summary>
    public bool MayFallBack { get; init; } = true;

    /// <summary>What waits in the database is not even given up when it expires: it is about to be elsewhere.</summary>
    public bool Frozen { get; init; }

    /// <summary>The part of one node among several that share the limits; never below one call.</summary>
    public LaneSettings SharedBy(int nodes) => nodes <= 1 ? this : this with
    {
        RequestsPerSecond = RequestsPerSecond / nodes,
        Concurrency = Math.Max(1, Concurrency / nodes),
    };
}
