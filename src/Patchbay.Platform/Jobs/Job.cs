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
public sealed record Job(
    TenantId TenantId, JobId Id, string Kind, string Actor, string Input, JobStatus Status, Guid? Cursor, long Done, long Skipped,
    string? Error, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? NextAt)
{
    public JobKey Key => new(TenantId, Id);
}

/// <summary>The rows of <c>jobs</c>.</summary>
public sealed class JobTable : Table<JobKey, Job>
{
    public static readonly JobTable Instance = new();

    private JobTable()
        : base("jobs", job => job.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id.Value);
        Fixed("kind", job => job.Kind);
        Fixed("actor", job => job.Actor);
        Fixed("input", job => job.Input);
        Fixed("created_at", job => job.CreatedAt);
        Mutable("status", job => job.Status.ToWord());
        Mutable("position", job => job.Cursor);
        Mutable("done", job => job.Done);
        Mutable("skipped", job => job.Skipped);
        Mutable("error", job => job.Error);
        Mutable("updated_at", job => job.UpdatedAt);
        Mutable("next_at", job => job.NextAt);
    }

    public override Job Read(Row row) => new(
        row.Id<TenantId>("tenant_id"), row.Id<JobId>("id"), row.Text("kind"), row.Text("actor"), row.Text("input"), Words.Parse<JobStatus>(row.Text("status")),
        row.FindGuid("position"), row.Long("done"), row.Long("skipped"), row.FindText("error"), row.Time("created_at"), row.Time("updated_at"), row.FindTime("next_at"));
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
