using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Patchbay.Engine;
using Patchbay.Platform.Events;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;
using EventId = Patchbay.Platform.Events.EventId;

namespace Patchbay.Hub.Webhooks;

/// <summary>
/// Makes deliveries of events: each endpoint reads its tenant's feed from a position of its own, as fast as its lane takes them
/// (docs/adr/0014-event-relay.md). What is not read yet waits in the feed.
/// </summary>
internal sealed partial class WebhookRelay(
    Database database, Ledger ledger, RelayQueries queries, EventFeed feed, DeliveryEngine engine, Membership membership,
    TenantConfigs configs, DatabaseOutage outage, IdGenerator ids, TimeProvider time, ILogger<WebhookRelay> logger) : BackgroundService
{
    private const int MostAtOnce = 200;
    private const int Readers = 8;

    /// <summary>Below this an endpoint that was held up is not looked at again: many small steps cost more than few large ones.</summary>
    private const int WorthwhileRoom = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<WebhookKey, RelayReader> _readers = new();
    private readonly RelayPlaces _places = new(Readers);
    private readonly TaskCompletionSource _never = NewSignal();
    private TaskCompletionSource _written = NewSignal();
    private int _running;

    /// <summary>Reads on for an endpoint, whether or not this node is the one to do it: correctness does not depend on that.</summary>
    public void Wake(WebhookKey key, CancellationToken stop)
    {
        var reader = _readers.GetOrAdd(key, static key => new RelayReader(key));
        if (!reader.TryBegin())
            return;
        Interlocked.Increment(ref _running);
        _ = Task.Run(() => RunAsync(reader, stop), CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void OnRecorded(Delivery delivery) => Recorded(delivery, stoppingToken);
        engine.Recorded += OnRecorded;
        ledger.Written += OnWritten;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                // Where others write too, what was written here can be read only a moment later, and is found by the next look.
                await Task.WhenAny(Task.Delay(Pause, time, stoppingToken), database.CanBeShared ? _never.Task : _written.Task);
                _written = NewSignal();
                await SweepAsync(stoppingToken);
                if (!stoppingToken.IsCancellationRequested)
                    await Task.Delay(ShortPause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It ends with the host.
        }
        finally
        {
            engine.Recorded -= OnRecorded;
            ledger.Written -= OnWritten;
            while (Volatile.Read(ref _running) > 0)
                await Task.Delay(ShortPause, TimeProvider.System, CancellationToken.None);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void OnWritten(string table)
    {
        if (table == EventTable.Instance.Name)
            _written.TrySetResult();
    }

    private async Task SweepAsync(CancellationToken stop)
    {
        try
        {
            var self = membership.Self;
            foreach (var relay in await queries.BehindAsync(stop))
            {
                if (!RelayOwners.IsMine(relay.Key.Id, self, membership.Live))
                    continue;
                var reader = _readers.GetOrAdd(relay.Key, static key => new RelayReader(key));
                if (reader.State is { } known && (known.Open is not null || known.Expedite != relay.Expedite))
                    reader.State = null;
                Wake(relay.Key, stop);
            }
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            if (!outage.Explains(exception))
                LogSweepFailed(exception);
        }
    }

    private void Recorded(Delivery delivery, CancellationToken stop)
    {
        if (delivery.Capability != DeliverWebhook.Name
            || !_readers.TryGetValue(new WebhookKey(delivery.TenantId, new WebhookId(delivery.Lane.Value)), out var reader))
            return;
        if (delivery.IsFinished && reader.State?.Open == delivery.Id)
        {
            reader.Ended(delivery.Id);
            Wake(reader.Key, stop);
        }
        else if (reader.WaitsForRoom)
        {
            Wake(reader.Key, stop);
        }
    }

    private async Task RunAsync(RelayReader reader, CancellationToken stop)
    {
        try
        {
            do
            {
                await _places.TakeAsync(reader.Key.Tenant);
                try
                {
                    while (await StepAsync(reader, stop))
                    {
                    }
                }
                finally
                {
                    _places.Release();
                }
            }
            while (!reader.TryEnd());
        }
        catch (Exception exception)
        {
            reader.State = null;
            while (!reader.TryEnd())
            {
            }

            if (!stop.IsCancellationRequested && !outage.Explains(exception)
                && exception is not (LeaseLostException or LedgerUncertainException))
                LogReadFailed(exception, reader.Key.Id);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>False when there is nothing more to do now.</summary>
    private async Task<bool> StepAsync(RelayReader reader, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var config = await configs.GetAsync(reader.Key.Tenant, stop);
        if (config.Moving || config.Part<WebhookSet>().Find(reader.Key.Id) is not { IsActive: true } webhook)
        {
            reader.State = null;
            return false;
        }

        var state = reader.State ??= await queries.FindAsync(reader.Key, stop);
        if (state is not { IsActive: true })
            return false;
        if (state.Expedite)
        {
            await queries.BringForwardAsync(reader.Key, webhook.Lane, stop);
            reader.State = await ledger.CommitAsync(new Expedited(reader.Key), stop);
            return true;
        }

        if (webhook.Ordered && state.Open is not null)
            return false;
        var room = await engine.RoomAsync(webhook.TenantId, webhook.Lane, DeliveryPriority.Normal, stop);
        if (room == 0 || reader.WaitsForRoom && room < WorthwhileRoom)
        {
            reader.WaitsForRoom = true;
            return false;
        }

        reader.WaitsForRoom = false;
        return await ReadAsync(reader, webhook, state, room, stop);
    }

    private async Task<bool> ReadAsync(RelayReader reader, Webhook webhook, WebhookRelayState state, int room, CancellationToken stop)
    {
        if (webhook.Ordered && reader.NextAhead(webhook, state.Position) is { } ahead)
            return await CommitAsync(reader, webhook, state, ahead.Id, [ahead], stop);
        var after = reader.Scanned.Value.CompareTo(state.Position.Value) > 0 ? reader.Scanned : state.Position;
        var batch = await feed.ReadAsync(webhook.TenantId, after, webhook.Patterns, Math.Min(room, MostAtOnce), stop);
        if (batch.Cursor == after)
            return false;
        var about = webhook.Id.ToString();   // it does not hear about itself
        var wanted = batch.Events.Where(entry => entry.Subject != about).ToArray();
        if (wanted.Length == 0)
        {
            reader.Scanned = batch.Cursor;
            if (reader.NotedAt is not { } noted || time.GetElapsedTime(noted) >= NoteEvery)
            {
                reader.NotedAt = time.GetTimestamp();
                await CommitAsync(reader, webhook, state, batch.Cursor, [], stop);
            }

            return batch.HasMore;
        }

        if (!webhook.Ordered)
            return await CommitAsync(reader, webhook, state, batch.Cursor, wanted, stop) && batch.HasMore;
        reader.KeepAhead(webhook, batch with { Events = wanted });
        return await CommitAsync(reader, webhook, state, wanted[0].Id, wanted[..1], stop);
    }

    private async Task<bool> CommitAsync(
        RelayReader reader, Webhook webhook, WebhookRelayState state, EventId next, IReadOnlyList<Event> events, CancellationToken stop)
    {
        var deliveries = new Delivery[events.Count];
        for (var i = 0; i < deliveries.Length; i++)
            deliveries[i] = await engine.PlaceAsync(WebhookDeliveries.New(webhook, events[i], DeliveryPriority.Normal, ids, time), stop);
        reader.State = await ledger.CommitAsync(new RelayWork(state, next, webhook.Ordered, deliveries, engine), CancellationToken.None);
        if (reader.State is null)
            return false;   // another node was faster: the next look shows where it is
        foreach (var delivery in deliveries)
            engine.Start(delivery);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking for events to send failed; it goes on")]
    private partial void LogSweepFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading events for {Webhook} failed; it is tried again")]
    private partial void LogReadFailed(Exception exception, WebhookId webhook);
}
