namespace Patchbay.Engine;

/// <summary>What one node found out about a destination.</summary>
/// <param name="Asked">The destination asked for a pause; otherwise the node's breaker opened.</param>
internal sealed record LaneWarning(LaneId Lane, bool Asked, DateTimeOffset Until);
