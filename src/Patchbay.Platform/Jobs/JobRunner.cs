using Patchbay.Storage;

namespace Patchbay.Platform.Jobs;

/// <summary>
/// Takes the jobs of one kind on, step by step, on any node: whichever is first has a job for as long as the lease lasts, which each step
/// renews, and where a node dies another goes on from the last step that was committed.
/// </summary>
public sealed class JobRunner<TKind>(TKind kind, Database database, Ledger ledger, TimeProvider time)
    where TKind : class, IJobKind
{
    /// <summary>How long a step may take before another node takes it, too; only one of the two is committed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    private static readonly JobStep Take = new((_, job) => job) { Pause = null };

    private readonly DueRows<JobKey, Job> _due = new(JobTable.Instance, "next_at", database, time)
    {
        Batch = 20, Only = rows => rows.And("kind = @kind", "kind", kind.Name),
    };

    /// <summary>
    /// Takes a step of each job that is due, and more of those that go on at once, until they have had their turn: a long one keeps no
    /// other from his.
    /// </summary>
    public Task RunAsync(CancellationToken cancellationToken) => _due.EachAsync(async (due, stop) =>
    {
        var began = time.GetTimestamp();
        var step = Take;
        var job = await CommitAsync(due, step, stop);
        while (job is { Status: JobStatus.Running } && step.Pause is null)
        {
            step = await kind.StepAsync(job, stop);
            if (time.GetElapsedTime(began) >= Turn)
                step = step with { Pause = step.Pause ?? TimeSpan.Zero };
            job = await CommitAsync(job, step, stop);
        }
    }, cancellationToken);

    /// <summary>Commits a step; the job as it is then, or null when another node has it.</summary>
    /// <param name="seen">As it was when the step was taken.</param>
    public async Task<Job?> CommitAsync(Job seen, JobStep step, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Whole milliseconds, as they come back from the database: who has a job is told by that time.
        var next = DateTimeOffset.FromUnixTimeMilliseconds((now + (step.Pause ?? Lease)).ToUnixTimeMilliseconds());
        var job = await ledger.CommitAsync(new TakeStep(seen, step, now, next), cancellationToken);
        if (job is not null)
            step.Committed?.Invoke();
        return job;
    }

    private sealed class TakeStep(Job seen, JobStep step, DateTimeOffset now, DateTimeOffset next) : LedgerWork<Job?>
    {
        public override void Need(LedgerNeeds needs)
        {
            needs.Row(JobTable.Instance, seen.Key);
            step.Need?.Invoke(needs);
        }

        public override Job? Decide(LedgerRows rows)
        {
            if (rows.Find(JobTable.Instance, seen.Key) is not { Status: JobStatus.Running } before || before.NextAt != seen.NextAt)
                return null;
            var after = step.Decide(rows, before);
            return rows.Update(JobTable.Instance, after with
            {
                NextAt = after.Status == JobStatus.Running ? next : null, UpdatedAt = after == before ? before.UpdatedAt : now,
            });
        }
    }
}
