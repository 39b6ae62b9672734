using System.Data.Common;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Loops;
using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>
/// Server-sent events. A stream reads the feed from its cursor and waits for the client to take what it wrote before it reads on, so a slow
/// client costs no memory and misses nothing. It ends with the client, with this node, and with the key.
/// </summary>
internal static class EventStreaming
{
    public const string ContentType = "text/event-stream";

    private const int Step = 100;

    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    internal static readonly ErrorCode TooManyStreams = new(
        429, "too_many_streams", "the tenant has 20 event streams open on this node: close one, or poll the feed", "Too many streams");

    private static readonly Error TooMany =
        TooManyStreams.With(
            $"A tenant may have {EventStreams.MostPerTenant} event streams open on a node; close one, or read GET /api/v1/events.")
        with {
            RetryAfter = TimeSpan.FromSeconds(5),
        };

    public static async Task<IResult> StreamAsync(
        Caller caller, HttpContext http, string? after, [FromQuery] string[]? type, string? format, EventTypes types, EventStreams streams,
        EventFeed feed, ApiAccess access, Draining draining, TimeProvider time, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var last = http.Request.Headers["Last-Event-ID"].ToString();
        var asked = last.Length > 0
            ? EventRequest.Read(last, "last_event_id", type, null, types, faults)
            : EventRequest.Read(after, "after", type, null, types, faults);
        faults.Require(format is null or "cloudevents", "format", "must be cloudevents, or left out");
        if (faults.Any)
            return faults.ToError().ToResult();
        var watch = streams.Open(caller.Tenant);
        if (watch is null)
            return TooMany.ToResult();
        http.Response.RegisterForDispose(watch);
        var begin = asked.After ?? await feed.NewestAsync(caller.Tenant, cancellationToken);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, draining.Over);
        var stream = new OpenStream(http, begin, asked.Patterns, format is null ? EventView.From : CloudEvent.From);
        try
        {
            await stream.BeginAsync(ends.Token);
            await stream.RunAsync(caller.Tenant, feed, watch, access, time, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The client went, or this node stops.
        }
        catch (DbException exception) when (exception.IsPassing())
        {
            // The client comes again and goes on from where it was.
        }

        return Results.Empty;
    }

    private sealed class OpenStream(HttpContext http, EventId begin, EventPatterns patterns, Func<Event, object> form)
    {
        private EventId _cursor = begin;
        private EventId _told = begin;

        public async Task BeginAsync(CancellationToken cancellationToken)
        {
            http.Response.ContentType = ContentType;
            http.Response.Headers.CacheControl = "no-cache, no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no";   // nginx would hold events back
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await SendAsync("retry: 1000\n\n", cancellationToken);
        }

        public async Task RunAsync(
            TenantId tenant, EventFeed feed, EventWatch watch, ApiAccess access, TimeProvider time, CancellationToken cancellationToken)
        {
            var sent = time.GetTimestamp();
            while (await access.StillAllowsAsync(http))
            {
                if (await watch.HasAfterAsync(_cursor, cancellationToken))
                {
                    var batch = await feed.ReadAsync(tenant, _cursor, patterns, Step, cancellationToken);
                    _cursor = batch.Cursor;
                    if (batch.Events.Count > 0 && await access.StillAllowsAsync(http))   // the key may have ended since
                    {
                        await SendAsync(batch.Events, cancellationToken);
                        sent = time.GetTimestamp();
                    }

                    continue;
                }

                if (time.GetElapsedTime(sent) >= Heartbeat)
                {
                    await SendHeartbeatAsync(cancellationToken);
                    sent = time.GetTimestamp();
                }

                await Task.Delay(EventStreams.Pause, time, cancellationToken);
            }
        }

        private async Task SendAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
        {
            foreach (var entry in events)
            {
                await http.Response.WriteAsync(
                    $"id: {entry.Id}\nevent: {entry.Type}\ndata: {JsonSerializer.Serialize(form(entry), HubJson.Options)}\n\n",
                    cancellationToken);
                _told = entry.Id;
            }

            await http.Response.Body.FlushAsync(cancellationToken);
        }

        /// <summary>
        /// With the position, where events that are not wanted have moved it: a client keeps it without being told of an event.
        /// </summary>
        private Task SendHeartbeatAsync(CancellationToken cancellationToken)
        {
            var text = _cursor == _told ? ": still here\n\n" : $": still here\nid: {_cursor}\n\n";
            _told = _cursor;
            return SendAsync(text, cancellationToken);
        }

        private async Task SendAsync(string text, CancellationToken cancellationToken)
        {
            await http.Response.WriteAsync(text, cancellationToken);
            await http.Response.Body.FlushAsync(cancellationToken);
        }
    }
}
