using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Jobs;

/// <summary>Begins a job. What else belongs to its begin, a derived class writes with it.</summary>
public class BeginJob(Job job) : LedgerWork<Result<Reply, Error>>
{
    protected Job Job => job;

    public sealed override Result<Reply, Error> Decide(LedgerRows rows)
    {
        rows.Insert(JobTable.Instance, job);
        return Begin(rows);
    }

    /// <returns>What the caller is told; by default the job.</returns>
    protected virtual Reply Begin(LedgerRows rows) => Reply.Accepted(JobView.From(job), $"/api/v1/jobs/{job.Id}");
}
