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
    Database database, TenantConfigs configs, RelayQueries relays, EventTypes types, EventFeed feed, DeliveryEngine engine, IdGenerator ids,
    TimeProvider time)
    : IJobKind
{
    private const int Step = 200;

    /// <summary>A lane that is full is given time.</summary>
    private static readonly TimeSpan PauseWhenFull = TimeSpan.FromMilliseconds(200);

    public string Name => "replay_webhook";

    public async Task<Result<Operation, Error>> PrepareAsync(
        Caller caller, WebhookId id, ReplayRequest request, CancellationToken cancellationToken)
    {
        if (await configs.FindAsync(caller.Tenant, id, cancellationToken) is not { } webhook)
            return Error.NotFound("webhook endpoint");
        return request.EventId is { } one
            ? await OneAsync(caller, webhook, one, request, cancellationToken)
            : await RangeAsync(caller, webhook, request, cancellationToken);
    }

    private async Task<Result<Operation, Error>> OneAsync(
        Caller caller, Webhook webhook, EventId id, ReplayRequest request, CancellationToken cancellationToken)
    {
        if (request with { EventId = null } != new ReplayRequest())
            return Error.Invalid("event_id", "stands alone: leave out since, until, only_failed and types");
        if (await feed.FindAsync(caller.Tenant, id, cancellationToken) is null)
            return Error.Invalid("event_id", "is not one of your events, or is kept no more");
        return Begin(
            caller, webhook, new Input(webhook.Id, id, OnlyFailed: false, ["*"]) { Only = id }, IdGenerator.Before(id.Value),
            new { event_id = id });
    }

    private async Task<Result<Operation, Error>> RangeAsync(
        Caller caller, Webhook webhook, ReplayRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = request.Until is { } asked && asked < now ? asked : now;
        var faults = new Faults();
        faults.Require(request.Since is not null, "since", "is required, or an event_id");
        faults.Require(request.Since is null || request.Since < until, "since", "must lie before 'until', and in the past");
        if (request.Types is not null)
            types.Check(request.Types, "types", faults);
        if (faults.Any)
            return faults.ToError();
        // What the endpoint has not come to yet will be sent anyhow.
        var end = IdGenerator.LowestAt(until);
        if (await relays.FindAsync(webhook.Key, cancellationToken) is { } relay && relay.Position.Value.CompareTo(end) < 0)
            end = relay.Position.Value;
        var onlyFailed = request.OnlyFailed ?? false;
        // What happened before there was the endpoint has not failed.
        var since = onlyFailed && request.Since < webhook.CreatedAt ? webhook.CreatedAt : request.Since!.Value;
        return Begin(
            caller, webhook, new Input(webhook.Id, new EventId(end), onlyFailed, request.Types ?? webhook.Events),
            IdGenerator.LowestAt(since), new { request.Since, until, request.OnlyFailed, request.Types });
    }

    /// <param name="after">The events after it.</param>
    private Operation Begin(Caller caller, Webhook webhook, Input input, Guid after, object detail) => new(
        new BeginReplay(JobChanges.New(ids.New<JobId>(), Name, caller, input, time.GetUtcNow(), after), webhook.Key, detail));

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancellationToken)
    {
        var input = job.InputAs<Input>();
        if (await configs.FindAsync(job.TenantId, input.Webhook, cancellationToken) is not { } webhook)
            return new JobStep((_, seen) => seen.Stop("The endpoint was deleted."));
        var room = await engine.RoomAsync(job.TenantId, webhook.Lane, DeliveryPriority.Low, cancellationToken);
        if (webhook.IsActive && room < Step / 4)
            return JobStep.Wait(PauseWhenFull);
        var batch = await feed.ReadAsync(
            job.TenantId, new EventId(job.Cursor!.Value), EventPatterns.Of(input.Types), webhook.IsActive ? Math.Min(room, Step) : Step,
            cancellationToken);
        var inRange = batch.Events.Where(entry => entry.Id.Value.CompareTo(input.End.Value) <= 0 && entry.Id == (input.Only ?? entry.Id))
            .ToList();
        var deliveries = await PlaceAsync(webhook, inRange, input.OnlyFailed, cancellationToken);
        var ended = !batch.HasMore || batch.Cursor.Value.CompareTo(input.End.Value) >= 0;
        return new JobStep((rows, seen) =>
        {
            if (!deliveries.All(engine.StillHas))
                throw new LeaseLostException();
            foreach (var delivery in deliveries)
                rows.Insert(DeliveryTable.Instance, delivery);
            return seen.Advance(batch.Cursor.Value, deliveries.Count, inRange.Count - deliveries.Count, ended);
        })
        {
            Committed = () => deliveries.ForEach(engine.Start),
        };
    }

    private async Task<List<Delivery>> PlaceAsync(
        Webhook webhook, IReadOnlyList<Event> events, bool onlyFailed, CancellationToken cancellationToken)
    {
        var left = await LeftOutAsync(webhook, events, onlyFailed, cancellationToken);
        var about = webhook.Id.ToString();
        var deliveries = new List<Delivery>(events.Count);
        foreach (var entry in events.Where(entry => !left.Contains(entry.Id) && entry.Subject != about))
            deliveries.Add(
                await engine.PlaceAsync(WebhookDeliveries.New(webhook, entry, DeliveryPriority.Low, ids, time), cancellationToken));
        return deliveries;
    }

    /// <summary>Events that are on their way to the endpoint and, where only failed ones are wanted, those it has taken.</summary>
    private async Task<HashSet<EventId>> LeftOutAsync(
        Webhook webhook, IReadOnlyList<Event> events, bool onlyFailed, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return [];
        var parameters = events.Index().ToDictionary(pair => "e" + pair.Index, pair => (object?)pair.Item.Id);
        var named = string.Join(", ", parameters.Keys.Select(name => "@" + name));
        parameters["lane"] = webhook.Lane.Value;
        parameters["tenant"] = webhook.TenantId;
        var deliveries = await database.QueryAsync(
            $"SELECT subject_id, status FROM deliveries "
            + $"WHERE subject_id IN ({named}) AND tenant_id = @tenant AND lane_id = @lane LIMIT 10000",
            parameters, row => (Event: new EventId(row.Guid("subject_id")), Status: Words.Parse<DeliveryStatus>(row.Text("status"))),
            cancellationToken);
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
    private sealed record Input(WebhookId Webhook, EventId End, bool OnlyFailed, IReadOnlyList<string> Types)
    {
        /// <summary>Null: all of them.</summary>
        public EventId? Only { get; init; }
    }

    /// <summary>Also lets what waits for its next try go at once: who asks for a replay does not want to wait for it.</summary>
    private sealed class BeginReplay(Job job, WebhookKey webhook, object detail) : BeginJob(job)
    {
        public override void Need(LedgerNeeds needs)
        {
            AuditLog.Need(needs, Job.TenantId);
            needs.Row(WebhookRelayTable.Instance, webhook);
        }

        protected override Reply Begin(LedgerRows rows)
        {
            if (rows.Find(WebhookRelayTable.Instance, webhook) is { } relay)
                rows.Update(WebhookRelayTable.Instance, relay with { Expedite = true });
            AuditLog.Write(rows, Job.TenantId, Job.Actor, "webhook.replay", webhook.Id.ToString(), detail, Job.CreatedAt);
            return base.Begin(rows);
        }
    }
}
