using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Platform.Jobs;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>Sends events of the past once more, oldest first, in steps that any node can take up where another left off.</summary>
internal sealed class ReplayJobs(
    Database database, Ledger ledger, TenantConfigs configs, RelayQueries relays, EventTypes types, EventFeed feed, DeliveryEngine engine, IdGenerator ids, TimeProvider time)
{
    public const string Kind = "replay_webhook";

    private const int Step = 200;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>A lane that is full is given time.</summary>
    private static readonly TimeSpan PauseWhenFull = TimeSpan.FromMilliseconds(200);

    public async Task<Result<Operation, Error>> PrepareAsync(Caller caller, WebhookId id, ReplayRequest request, CancellationToken cancellationToken)
    {
        if ((await configs.GetAsync(caller.Tenant, cancellationToken)).Part<WebhookSet>().Find(id) is not { } webhook)
            return Error.NotFound("webhook endpoint");
        var now = time.GetUtcNow();
        var until = request.Until is { } asked && asked < now ? asked : now;
        var faults = new Faults();
        faults.Require(request.Since is not null, "since", "is required");
        faults.Require(request.Since is null || request.Since < until, "since", "must lie before 'until', and in the past");
        if (request.Types is not null)
            types.Check(request.Types, "types", faults);
        if (faults.Any)
            return faults.ToError();
        // What the endpoint has not come to yet will be sent anyhow.
        var end = IdGenerator.LowestAt(until);
        if (await relays.FindAsync(webhook.Key, cancellationToken) is { } relay && relay.Position.Value.CompareTo(end) < 0)
            end = relay.Position.Value;
        var input = new Input(id, new EventId(end), request.OnlyFailed ?? false, request.Types ?? webhook.Events);
        var job = new Job(
            caller.Tenant, ids.New<JobId>(), Kind, caller.Actor, JsonSerializer.Serialize(input, HubJson.Stored), now,
            JobStatus.Running, IdGenerator.LowestAt(request.Since!.Value), 0, 0, null, now, now);
        return new Operation(new Insert(job, webhook.Key, new { request.Since, until, request.OnlyFailed, request.Types }));
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
            if (await ledger.CommitAsync(new Advance(job, leased, [], engine), cancellationToken))
                await StepAsync(leased, cancellationToken);
        }
    }

    private async Task StepAsync(Job job, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var input = JsonSerializer.Deserialize<Input>(job.Input, HubJson.Stored)!;
        if ((await configs.GetAsync(job.TenantId, cancellationToken)).Part<WebhookSet>().Find(input.Webhook) is not { } webhook)
        {
            await ledger.CommitAsync(new Advance(job, job with { Status = JobStatus.Failed, Error = "The endpoint was deleted.", NextAt = null, UpdatedAt = now }, [], engine), cancellationToken);
            return;
        }

        var room = await engine.RoomAsync(job.TenantId, webhook.Lane, DeliveryPriority.Low, cancellationToken);
        if (webhook.IsActive && room < Step / 4)
        {
            await ledger.CommitAsync(new Advance(job, job with { NextAt = now + PauseWhenFull }, [], engine), cancellationToken);
            return;
        }

        var batch = await feed.ReadAsync(job.TenantId, new EventId(job.Cursor!.Value), EventPatterns.Of(input.Types), webhook.IsActive ? Math.Min(room, Step) : Step, cancellationToken);
        var inRange = batch.Events.Where(entry => entry.Id.Value.CompareTo(input.End.Value) <= 0).ToList();
        var left = await LeftOutAsync(webhook, inRange, input.OnlyFailed, cancellationToken);
        var about = webhook.Id.ToString();
        var wanted = inRange.Where(entry => !left.Contains(entry.Id) && entry.Subject != about).ToList();
        var deliveries = new List<Delivery>(wanted.Count);
        foreach (var entry in wanted)
            deliveries.Add(await engine.PlaceAsync(WebhookDeliveries.New(webhook, entry, DeliveryPriority.Low, ids, time), cancellationToken));
        var ended = !batch.HasMore || batch.Cursor.Value.CompareTo(input.End.Value) >= 0;
        var next = job with
        {
            Cursor = batch.Cursor.Value, Done = job.Done + wanted.Count, Skipped = job.Skipped + inRange.Count - wanted.Count,
            Status = ended ? JobStatus.Done : JobStatus.Running, NextAt = ended ? null : now, UpdatedAt = now,
        };
        if (!await ledger.CommitAsync(new Advance(job, next, deliveries, engine), cancellationToken))
            return;
        foreach (var delivery in deliveries)
            engine.Start(delivery);
    }

    /// <summary>Events that are on their way to the endpoint and, where only failed ones are wanted, those it has taken.</summary>
    private async Task<HashSet<EventId>> LeftOutAsync(Webhook webhook, IReadOnlyList<Event> events, bool onlyFailed, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return [];
        var parameters = events.Index().ToDictionary(pair => "e" + pair.Index, pair => (object?)pair.Item.Id);
        var named = string.Join(", ", parameters.Keys.Select(name => "@" + name));
        parameters["lane"] = webhook.Lane.Value;
        parameters["tenant"] = webhook.TenantId;
        var deliveries = await database.QueryAsync(
            $"SELECT subject_id, status FROM deliveries WHERE subject_id IN ({named}) AND tenant_id = @tenant AND lane_id = @lane LIMIT 10000", parameters,
            row => (Event: new EventId(row.Guid("subject_id")), Status: Words.Parse<DeliveryStatus>(row.Text("status"))), cancellationToken);
        return
        [
            .. deliveries.Where(delivery => delivery.Status switch
            {
                DeliveryStatus.Delivered => onlyFailed,
                DeliveryStatus.Exhausted or DeliveryStatus.Canceled => false,
                _ => true,
            }).Select(delivery => delivery.Event),
        ];
    }

    /// <param name="End">The last event that may be sent.</param>
    private sealed record Input(WebhookId Webhook, EventId End, bool OnlyFailed, IReadOnlyList<string> Types);

    /// <summary>Also lets what waits for its next try go at once: who asks for a replay does not want to wait for it.</summary>
    private sealed class Insert(Job job, WebhookKey webhook, object detail) : LedgerWork<Result<Reply, Error>>
    {
        public override void Need(LedgerNeeds needs)
        {
            AuditLog.Need(needs, job.TenantId);
            needs.Row(WebhookRelayTable.Instance, webhook);
        }

        public override Result<Reply, Error> Decide(LedgerRows rows)
        {
            if (rows.Find(WebhookRelayTable.Instance, webhook) is { } relay)
                rows.Update(WebhookRelayTable.Instance, relay with { Expedite = true });
            rows.Insert(JobTable.Instance, job);
            AuditLog.Write(rows, job.TenantId, job.Actor, "webhook.replay", webhook.Id.ToString(), detail, job.CreatedAt);
            return Reply.Accepted(JobView.From(job), $"/api/v1/jobs/{job.Id}");
        }
    }

    /// <summary>Makes the deliveries of a step with the step. False when another node has the job by now.</summary>
    private sealed class Advance(Job seen, Job next, IReadOnlyList<Delivery> deliveries, DeliveryEngine engine) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(JobTable.Instance, seen.Key);

        public override bool Decide(LedgerRows rows)
        {
            if (rows.Find(JobTable.Instance, seen.Key) is not { } current || current.NextAt != seen.NextAt || current.Status != JobStatus.Running)
                return false;
            if (!deliveries.All(engine.StillHas))
                throw new LeaseLostException();
            foreach (var delivery in deliveries)
                rows.Insert(DeliveryTable.Instance, delivery);
            rows.Update(JobTable.Instance, next);
            return true;
        }
    }
}
