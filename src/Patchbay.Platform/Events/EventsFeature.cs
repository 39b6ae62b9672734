using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>Events over HTTP: what types there are, and the pull feed.</summary>
internal sealed class EventsFeature : IFeature
{
    private const string Read = "read:events";

    private const string Sample = "id: evt_01kanx0fv9e5vbr9b7xw6n4c2m\nevent: payment.succeeded\ndata: {\"id\":...}\n\n";

    private static readonly QueryParameter After = QueryParameter.IdOf<EventId>("after");
    private static readonly QueryParameter Type = new("type") { Repeats = true, Description = "Names, or patterns such as payment.*" };

    public IReadOnlyList<string> Resources => ["events"];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton(EventTable.Kept);
        services.AddSingleton<EventTypes>().AddSingleton<EventLog>().AddSingleton<IAtStart, EventOrderAtStart>()
            .AddSingleton<EventHorizon>().AddSingleton<EventFeed>().AddSingleton<EventStreams>();
    }

    public void Map(FeatureRoutes routes)
    {
        var api = routes.Api;
        api.MapGet("/event-types", (EventTypes types) =>
            Results.Json(new Page<EventTypeView>(types.All.Select(EventTypeView.From).ToArray(), null, false), HubJson.Options))
            .RequirePermission(Read).WithTags("Events").Produces<Page<EventTypeView>>()
            .WithSummary("Every type of event, with the schema of its data and an example");
        var group = api.MapGroup("/events").WithTags("Events");
        group.MapGet("/", ListAsync).RequirePermission(Read)
            .Produces<Page<EventView>>()
            .WithMetadata(After, Type, PageRequest.LimitParameter, new AlsoAnswers(CloudEvent.BatchContentType, typeof(CloudEvent[])),
                new DocumentedHeader("Link", "With a batch of CloudEvents: the address of the next page.", OfAnswer: true))
            .WithSummary("What happened, oldest first, after the id given as 'after'")
            .WithDescription(
                "Follow the feed by sending next_cursor as 'after', also when a page is empty: nothing is missed and nothing comes twice. "
                + "'type' takes names and patterns such as payment.*, several separated by commas; 'subject' an id, such as a payment's. "
                + $"With 'Accept: {CloudEvent.BatchContentType}' a batch of CloudEvents 1.0; the next page is in the Link header.");
        group.MapGet("/{id}", GetAsync).RequirePermission(Read).Produces<EventView>().WithSummary("One event");
        group.MapGet("/stream", EventStreaming.StreamAsync).RequirePermission(Read).Produces<string>(200, EventStreaming.ContentType)
            .WithMetadata(After, Type, new QueryParameter("format") { Words = ["cloudevents"] },
                new TextExample(EventStreaming.ContentType, Sample),
                new DocumentedHeader("Last-Event-ID", "The id of the last event that was seen.", OfAnswer: false))
            .Refuses(EventStreaming.TooManyStreams)
            .WithSummary("What happens, as server-sent events")
            .WithDescription(
                "Resumes after the id in the header Last-Event-ID, or in 'after'; without either it begins now. 'format=cloudevents' sends "
                    + "CloudEvents 1.0 as data.");
    }

    private static async Task<IResult> ListAsync(
        Caller caller, HttpContext http, string? after, [FromQuery] string[]? type, string? subject, string? limit, EventTypes types,
        EventFeed feed, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var asked = EventRequest.Read(after, "after", type, limit, types, faults);
        faults.Require(subject is null || TypeId.TryParse(subject, out _), "subject", "is not an id of this API");
        if (faults.Any)
            return faults.ToError().ToResult();
        var batch = await feed.ReadAsync(
            caller.Tenant, asked.After ?? default, asked.Patterns, asked.Limit, cancellationToken, subject);
        EventId? next = batch.Cursor == default ? asked.After : batch.Cursor;
        if (!http.Request.GetTypedHeaders().Accept.Any(
            accepted => accepted.MediaType.Equals(CloudEvent.BatchContentType, StringComparison.OrdinalIgnoreCase)))
            return Results.Json(
                new Page<EventView>(batch.Events.Select(EventView.From).ToArray(), next?.ToString(), batch.HasMore), HubJson.Options);
        if (next is not null)
            http.Response.Headers.Link = $"<{NextPage(http.Request, next.Value)}>; rel=\"next\"";
        return Results.Json(batch.Events.Select(CloudEvent.From).ToArray(), HubJson.Options, CloudEvent.BatchContentType);
    }

    private static async Task<IResult> GetAsync(Ref<EventId> id, Caller caller, EventFeed feed, CancellationToken cancellationToken) =>
        await feed.FindAsync(caller.Tenant, id, cancellationToken) is { } found
            ? Results.Json(EventView.From(found), HubJson.Options)
            : Error.NotFound("event").ToResult();

    /// <summary>The same request with another <c>after</c>.</summary>
    private static string NextPage(HttpRequest request, EventId after)
    {
        var query = QueryString.Create(request.Query.Where(pair => pair.Key != "after")).Add("after", after.ToString());
        return $"{request.PathBase}{request.Path}{query}";
    }
}
