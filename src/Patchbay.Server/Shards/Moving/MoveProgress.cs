namespace Patchbay.Server.Shards.Moving;

/// <summary>
/// The steps of a move, in their order. Each is safe to repeat; a run that broke off is taken up at the first that is not done.
/// </summary>
public enum MoveStep
{
    /// <summary>The source is told that the tenant leaves; requests get 503 from here on.</summary>
    Mark,

    /// <summary>Nodes hand back what they hold; then the source refuses writes.</summary>
    Drain,

    /// <summary>The target is told that the tenant arrives.</summary>
    Announce,

    Copy,

    Verify,

    /// <summary>The rows on the target become the true ones. From here on there is no way back but another move.</summary>
    Leave,

    /// <summary>The target begins to serve the tenant.</summary>
    Activate,

    /// <summary>The rows on the source are removed.</summary>
    Remove,

    Done,
}

/// <summary>What a move is at.</summary>
/// <param name="Table">Null when the step is not about one table.</param>
/// <param name="Rows">Rows of it done so far.</param>
public sealed record MoveProgress(MoveStep Step, string? Table = null, long Rows = 0, long Of = 0);

/// <summary>A move cannot be made, or not go on; the message says what to do.</summary>
public sealed class MoveRefusedException(string message) : Exception(message);
