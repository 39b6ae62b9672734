using Patchbay.Storage;

namespace Patchbay.Platform.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    Running,
    Done,
    Failed,
}

public readonly record struct JobKey(TenantId Tenant, JobId Id);

/// <summary>A long piece of work with progress. It goes on where it was when the process that did it dies.</summary>
/// <param name="Kind">For example <c>retry_deliveries</c>.</param>
/// <param name="Input">What it works on, as JSON.</param>
/// <param name="Cursor">Id of the last row done; null before the first.</param>
/// <param name="NextAt">When it may be taken up (again); null when it has ended.</param>
[LedgerTable("jobs")]
public sealed partial record Job(
    [Key] TenantId TenantId, [Key] JobId Id, [Fixed] string Kind, [Fixed] string Actor, [Fixed] string Input,
    [Fixed] DateTimeOffset CreatedAt, JobStatus Status, [Column("position")] Guid? Cursor, long Done, long Skipped, string? Error,
    DateTimeOffset UpdatedAt, DateTimeOffset? NextAt)
{
    public JobKey Key => new(TenantId, Id);
}

/// <summary>A job as the API shows it.</summary>
/// <param name="Done">Rows dealt with so far.</param>
/// <param name="Skipped">Rows that were looked at and could not be dealt with.</param>
/// <param name="Error">Null unless it failed.</param>
public sealed record JobView(
    JobId Id, string Kind, JobStatus Status, long Done, long Skipped, string? Error, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static JobView From(Job job) =>
        new(job.Id, job.Kind, job.Status, job.Done, job.Skipped, job.Error, job.CreatedAt, job.UpdatedAt);
}
