using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Jobs;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>Retries many deliveries, newest first, in steps that any node can take up where another left off.</summary>
public sealed class RetryJobs(Database database, Ledger ledger, DeliveryHandlers deliveries, IdGenerator ids, TimeProvider time)
{
    public const string Kind = "retry_deliveries";

    private const int Step = 200;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public Result<Operation, Error> Prepare(Caller caller, RetryDeliveriesRequest request)
    {
        var faults = new Faults();
        faults.Require(request.Filter is not null, "filter", "is required; an empty object means all exhausted deliveries");
        request.Filter?.ToFilter(caller.Tenant, PageRequest.FromNewest, "filter.", faults);
        if (faults.Any)
            return faults.ToError();
        var now = time.GetUtcNow();
        var filter = request.Filter! with { Status = request.Filter.Status ?? DeliveryStatus.Exhausted.ToWord(), CreatedBefore = request.Filter.CreatedBefore ?? now };
        return new Operation(new Insert(new Job(
            caller.Tenant, ids.New<JobId>(), Kind, caller.Actor, JsonSerializer.Serialize(filter, HubJson.Stored), now,
            JobStatus.Running, null, 0, 0, null, now, now)));
    }

    /// <summary>Takes a step of each job that is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = await database.QueryAsync(
            $"SELECT * FROM jobs WHERE next_at <= @now AND kind = @Kind AND {TenantMoveTable.NotMoving} ORDER BY next_at LIMIT 20",   // engine scope: all tenants
            new { now = time.GetUtcNow(), Kind }, JobTable.Instance.Read, cancellationToken);
        foreach (var job in due)
        {
            // Whole milliseconds, as they come back from the database: the lease is told by its time.
            var leased = job with { NextAt = DateTimeOffset.FromUnixTimeMilliseconds((time.GetUtcNow() + Lease).ToUnixTimeMilliseconds()) };
            if (await ledger.CommitAsync(new Advance(job, leased), cancellationToken))
                await StepAsync(leased, cancellationToken);
        }
    }

    private async Task StepAsync(Job job, CancellationToken cancellationToken)
    {
        var query = JsonSerializer.Deserialize<DeliveryQuery>(job.Input, HubJson.Stored)!;
        var filter = query.ToFilter(job.TenantId, job.Cursor ?? PageRequest.FromNewest, "", new Faults())!.With("step", Step);
        var rows = await database.QueryAsync(
            $"SELECT * FROM deliveries WHERE {filter.Where} ORDER BY id DESC LIMIT @step", filter.Parameters, DeliveryTable.Instance.ReadWhole, cancellationToken);
        var results = await Task.WhenAll(rows.Select(delivery => ledger.CommitAsync(deliveries.RetryWork(delivery, job.Actor), cancellationToken)));
        var done = results.Count(result => result.IsSuccess);
        var ended = rows.Count < Step;
        var now = time.GetUtcNow();
        await ledger.CommitAsync(
            new Advance(job, job with
            {
                Cursor = rows.Count > 0 ? rows[^1].Id.Value : job.Cursor, Done = job.Done + done, Skipped = job.Skipped + results.Length - done,
                Status = ended ? JobStatus.Done : JobStatus.Running, NextAt = ended ? null : now, UpdatedAt = now,
            }),
            cancellationToken);
    }

    private sealed class Insert(Job job) : LedgerWork<Result<Reply, Error>>
    {
        public override Result<Reply, Error> Decide(LedgerRows rows)
        {
            rows.Insert(JobTable.Instance, job);
            return Reply.Accepted(JobView.From(job), $"/api/v1/jobs/{job.Id}");
        }
    }

    /// <summary>False when another node has the job by now.</summary>
    private sealed class Advance(Job seen, Job next) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(JobTable.Instance, seen.Key);

        public override bool Decide(LedgerRows rows)
        {
            if (rows.Find(JobTable.Instance, seen.Key) is not { } current || current.NextAt != seen.NextAt || current.Status != JobStatus.Running)
                return false;
            rows.Update(JobTable.Instance, next);
            return true;
        }
    }
}

/// <summary>Retries all deliveries that fit a filter.</summary>
/// <param name="Filter">Exhausted ones by default; <c>{}</c> means all of those.</param>
public sealed record RetryDeliveriesRequest(DeliveryQuery? Filter = null);
