using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Reconciliation.Decisions;
using Patchbay.Hub.Reconciliation.Entries;
using Patchbay.Hub.Reconciliation.Files;
using Patchbay.Hub.Reconciliation.Imports;
using Patchbay.Hub.Reconciliation.Matching;
using Patchbay.Hub.Reconciliation.Report;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.Reconciliation;

/// <summary>Statements and their entries over HTTP.</summary>
internal sealed class ReconciliationFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["reconciliation"];

    public void Add(IServiceCollection services) => services
        .AddSingleton<CandidateSearch>().AddSingleton<Suggestions>().AddSingleton<MatchBooks>().AddSingleton<StatementImport>()
        .AddSingleton<EntryHandlers>().AddSingleton<StatementReader>().AddSingleton<ReportReader>().AddSingleton<ReportHandlers>();

    public void Map(FeatureRoutes hub)
    {
        hub.Api.MapPost("/reconciliation/statements", ImportAsync).WithTags(hub.Heading).RequirePermission("write:reconciliation")
            .WithMetadata(
                new ActionName("reconciliation.statements.import"),
                new AcceptsMetadata(["multipart/form-data"], typeof(StatementForm)))
            .Refuses(ApiErrors.WrongStatus)
            .Produces<StatementView>(201).Produces<StatementView>()
            .WithSummary(
                "Import a statement: a bank's CSV, camt.053 or MT940, or a provider's settlement, of at most 5 MiB and 20,000 entries");
        hub.List(
                "GET /reconciliation/statements", StatementTable.Instance, StatementView.Of,
                by => by.Id<IntegrationId>("integration_id").Word<StatementFormat>("format").Word<IntegrationMode>("mode").Created())
            .Says("Statements, newest first");
        hub.One<StatementReader, StatementId, Statement, StatementView>(
            "GET /reconciliation/statements/{id}", "statement", statements => statements.FindAsync, StatementView.Of)
            .Says("A statement");
        MapEntries(hub);
        MapReport(hub);
    }

    private static void MapEntries(FeatureRoutes hub)
    {
        hub.ActionOn<EntryHandlers, StatementEntryId, MatchEntryRequest>(
                "reconciliation.entries.match", "POST /reconciliation/entries/{id}/match", entries => entries.MatchAsync)
            .Answers<EntryView>().Says("Say what an entry stands for")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus, ReconciliationErrors.AlreadyMatched);
        hub.ActionOn<EntryHandlers, StatementEntryId, EntryReasonRequest>(
                "reconciliation.entries.unmatch", "POST /reconciliation/entries/{id}/unmatch", entries => entries.UnmatchAsync)
            .Answers<EntryView>().Says("Take back what an entry stands for, or that it is ignored")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus);
        hub.ActionOn<EntryHandlers, StatementEntryId, EntryReasonRequest>(
                "reconciliation.entries.ignore", "POST /reconciliation/entries/{id}/ignore", entries => entries.IgnoreAsync)
            .Answers<EntryView>().Says("Say that an entry stands for nothing in the hub")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus);
        hub.Api.MapGet("/reconciliation/entries", ListAsync).WithTags(hub.Heading).RequirePermission("read:reconciliation")
            .WithMetadata(
                QueryParameter.IdOf<StatementId>("statement_id"), QueryParameter.IdOf<IntegrationId>("integration_id"),
                QueryParameter.Word<EntryStatus>("status"), QueryParameter.Word<EntryDirection>("direction"))
            .Produces<Page<EntryView>>().WithSummary("Entries, newest first, with what the unmatched ones may stand for");
        hub.Api.MapGet("/reconciliation/entries/{id}", GetAsync).WithTags(hub.Heading).RequirePermission("read:reconciliation")
            .Produces<EntryView>().WithSummary("An entry, with what it may stand for when it is unmatched");
    }

    private static void MapReport(FeatureRoutes hub)
    {
        hub.Api.MapGet("/reconciliation/report", ReportAsync).WithTags(hub.Heading).RequirePermission("read:reconciliation")
            .WithMetadata([.. ReportQuery.Parameters]).Produces<ReportView>()
            .WithSummary("How hub, statements and business system differ about what happened in a time, newest first");
        hub.ActionOn<ReportHandlers, ReportRowId, AssignRowRequest>(
                "reconciliation.report.assign", "POST /reconciliation/report/{id}/assign", report => report.AssignAsync)
            .Answers<RowAssigneeView>().Says("Say who looks after a row of the report").Refuses(AccessErrors.WrongMode);
    }

    private static async Task<IResult> ReportAsync(
        Caller caller, HttpContext http, PageRequest page, ReportHandlers report, TimeProvider time, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        if (ReportQuery.Read(http.Request.Query, time.GetUtcNow(), faults) is not { } query)
            return faults.ToError().ToResult();
        var read = await report.ReadAsync(caller, query, page, cancellationToken);
        return read.IsSuccess ? Results.Json(read.Value, HubJson.Options) : read.Error.ToResult();
    }

    private static async Task<IResult> ImportAsync(
        HttpContext http, ApiRequest request, OperationRunner operations, StatementImport import, CancellationToken cancellationToken)
    {
        var upload = await StatementUpload.ReadAsync(http, request.Json, cancellationToken);
        if (!upload.IsSuccess)
            return upload.Error.ToResult();
        StatementReading? reading = null;
        byte[] fingerprint = [.. Convert.FromHexString(upload.Value.File.Hash), .. upload.Value.Form];
        var reply = await operations.RunAsync(
            request, fingerprint, token => import.BeginAsync(request.Caller, upload.Value, read => reading = read, token),
            cancellationToken);
        if (reply.Status >= 300)
            return reply.ToResult();
        var id = StatementId.Parse(reply.Location!.Split('/')[^1], null);
        var statement = await import.GoOnAsync(new StatementKey(request.Caller.Tenant, id), reading, cancellationToken);
        return (StoredReply.From(new Reply(reply.Status, StatementView.Of(statement), reply.Location), request.Json) with
        {
            Replayed = reply.Replayed,
        }).ToResult();
    }

    private static async Task<IResult> ListAsync(
        Caller caller, HttpContext http, PageRequest page, StatementReader reader, Suggestions suggestions,
        CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var filter = EntryFilter.Read(http.Request.Query, faults);
        if (faults.Any)
            return faults.ToError().ToResult();
        var rows = await reader.EntriesAsync(caller.Tenant, filter, page, cancellationToken);
        var shown = Page<StatementEntry>.Of(rows, page.Limit, entry => entry.Id.Value);
        var views = await suggestions.ShowAsync(shown.Data, cancellationToken);
        return Results.Json(new Page<EntryView>(views, shown.NextCursor, shown.HasMore), HubJson.Options);
    }

    private static async Task<IResult> GetAsync(
        Ref<StatementEntryId> id, Caller caller, EntryHandlers entries, Suggestions suggestions, CancellationToken cancellationToken) =>
        await entries.FindAsync(caller.Tenant, id, cancellationToken) is { } entry
            ? Results.Json((await suggestions.ShowAsync([entry], cancellationToken))[0], HubJson.Options)
            : Error.NotFound("entry").ToResult();
}
