using Patchbay.Storage;

namespace Patchbay.Platform.Jobs;

/// <summary>
/// What a step of a job has come to. It is committed together with the job, if this node still has it; else nothing of it is.
/// </summary>
/// <param name="Decide">
/// Over the rows that are needed, the job as it is then (<see cref="JobChanges"/>), or as it was when nothing could be done. Pure; it may
/// be asked again.
/// </param>
public sealed record JobStep(Func<LedgerRows, Job, Job> Decide)
{
    /// <summary>Names the rows that it decides over, other than the job; null: none.</summary>
    public Action<LedgerNeeds>? Need { get; init; }

    /// <summary>
    /// When the job is due again, unless it has ended, for whichever node is first; null: this node takes the next step at once.
    /// </summary>
    public TimeSpan? Pause { get; init; } = TimeSpan.Zero;

    /// <summary>Follows the commit; null: nothing does.</summary>
    public Action? Committed { get; init; }

    /// <summary>Nothing could be done now.</summary>
    public static JobStep Wait(TimeSpan pause) => new((_, job) => job) { Pause = pause };
}
