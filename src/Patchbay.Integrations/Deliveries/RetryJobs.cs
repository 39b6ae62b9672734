using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Jobs;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>Retries many deliveries, newest first, in steps that any node can take up where another left off.</summary>
public sealed class RetryJobs(
    Database database, Ledger ledger, DeliveryHandlers deliveries, Destinations destinations, IdGenerator ids, TimeProvider time) : IJobKind
{
    private const int Step = 200;

    public string Name => "retry_deliveries";

    public Result<Operation, Error> Prepare(Caller caller, RetryDeliveriesRequest request)
    {
        var faults = new Faults();
        faults.Require(request.Filter is not null, "filter", "is required; an empty object means all exhausted deliveries");
        request.Filter?.ToFilter(caller.Tenant, PageRequest.FromNewest, "filter.", faults);
        if (faults.Any)
            return faults.ToError();
        if (request.Filter!.Capability is { } capability && deliveries.Refusal(caller, capability) is { } refusal)
            return refusal;
        var now = time.GetUtcNow();
        var filter = request.Filter with
        {
            Status = request.Filter.Status ?? DeliveryStatus.Exhausted.ToWord(), CreatedBefore = request.Filter.CreatedBefore ?? now,
        };
        var input = JsonSerializer.SerializeToNode(filter, HubJson.Stored)!.AsObject();
        input["withheld"] = JsonSerializer.SerializeToNode(deliveries.WithheldFrom(caller, filter.Capability), HubJson.Stored);
        input["mode"] = caller.Mode.ToWord();
        return new Operation(new BeginJob(JobChanges.New(ids.New<JobId>(), Name, caller, input, now)));
    }

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancellationToken)
    {
        var cursor = job.Cursor ?? PageRequest.FromNewest;
        var filter = job.InputAs<DeliveryQuery>().ToFilter(job.TenantId, cursor, "", new Faults())!.With("step", Step);
        var rows = await database.QueryAsync(
            $"SELECT * FROM deliveries WHERE {filter.Where} ORDER BY id DESC LIMIT @step", filter.Parameters,
            DeliveryTable.Instance.ReadWhole, cancellationToken);
        var limits = job.InputAs<RetryLimits>();
        var meant = new List<Delivery>(rows.Count);
        foreach (var delivery in rows)
        {
            if (limits.Allow(delivery, await destinations.ModeOfAsync(job.TenantId, delivery.Lane, cancellationToken)))
                meant.Add(delivery);
        }

        var results = await Task.WhenAll(
            meant.Select(delivery => ledger.CommitAsync(deliveries.RetryWork(delivery, job.Actor), cancellationToken)));
        var done = results.Count(result => result.IsSuccess);
        return new JobStep(
            (_, seen) => seen.Advance(rows.Count > 0 ? rows[^1].Id.Value : seen.Cursor, done, rows.Count - done, rows.Count < Step));
    }
}

/// <summary>Beside the filter in a job's input: what it passes over, since its caller may not act on it.</summary>
/// <param name="Withheld">Capabilities; null in a job of a version before.</param>
/// <param name="Mode">The caller's; null in a job of a version before.</param>
internal sealed record RetryLimits(IReadOnlyList<string>? Withheld = null, string? Mode = null)
{
    /// <param name="mode">Null: of neither.</param>
    public bool Allow(Delivery delivery, IntegrationMode? mode) =>
        Withheld?.Contains(delivery.Capability) is not true && (Mode is null || mode is null || mode.Value.ToWord() == Mode);
}

/// <summary>
/// Retries all deliveries that fit a filter. Those that move money only when the filter names their capability, and for a key that may
/// move it: that they failed was told, and the customer may have paid in another way since.
/// </summary>
/// <param name="Filter">Exhausted ones by default; <c>{}</c> means all of those.</param>
/// <example>{"filter":{"capability":"send_sms","created_after":"2026-11-21T00:00:00Z"}}</example>
public sealed record RetryDeliveriesRequest([Required] DeliveryQuery? Filter = null);
