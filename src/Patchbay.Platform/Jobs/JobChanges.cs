using System.Text.Json;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;

namespace Patchbay.Platform.Jobs;

/// <summary>A job's begin, and how it gets on. Pure.</summary>
public static class JobChanges
{
    /// <summary>Due at once.</summary>
    /// <param name="input">What it works on; read back with <c>InputAs</c>.</param>
    /// <param name="cursor">Where it begins; null: at the begin.</param>
    public static Job New(JobId id, string kind, Caller caller, object input, DateTimeOffset now, Guid? cursor = null) => new(
        caller.Tenant, id, kind, caller.Actor, JsonSerializer.Serialize(input, input.GetType(), HubJson.Stored), now,
        JobStatus.Running, cursor, 0, 0, null, now, now);

    extension(Job job)
    {
        public T InputAs<T>() => JsonSerializer.Deserialize<T>(job.Input, HubJson.Stored)!;

        /// <param name="cursor">The last row that was looked at.</param>
        /// <param name="done">So many more rows were dealt with.</param>
        /// <param name="skipped">So many more could not be dealt with.</param>
        /// <param name="ended">There is nothing left.</param>
        public Job Advance(Guid? cursor, long done, long skipped, bool ended) => job with
        {
            Cursor = cursor, Done = job.Done + done, Skipped = job.Skipped + skipped, Status = ended ? JobStatus.Done : JobStatus.Running,
        };

        /// <summary>It cannot go on.</summary>
        /// <param name="error">For people.</param>
        public Job Stop(string error) => job with { Status = JobStatus.Failed, Error = error };
    }
}
