using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Jobs;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Imports;

/// <summary>Imports of leads over HTTP.</summary>
internal static class ImportEndpoints
{
    public static void MapImports(this RouteGroupBuilder affiliates)
    {
        affiliates.MapPost("/leads/import", ImportAsync).RequirePermission("write:affiliates")
            .WithMetadata(
                new ActionName("affiliates.leads.import"), new AcceptsMetadata(["text/csv"], typeof(string)),
                QueryParameter.Word<ImportMode>("mode") with { Description = "all by default." },
                new TextExample("text/csv", "affiliate_id,affiliate_lead_id,country\nportal-7,L-1042,BR\n"))
            .Refuses(AffiliateErrors.NotUtf8, AffiliateErrors.TooManyRows)
            .Produces<LeadImportView>(202)
            .WithSummary(
                "Import leads from a CSV file of at most 50,000 rows and 16 MiB; mode=all (default): every row or none; mode=valid: those "
                    + "that can be registered");
        affiliates.MapGet("/leads/imports/{id}", GetAsync).RequirePermission("read:affiliates").Produces<LeadImportView>()
            .WithSummary("How far an import has come");
        affiliates.MapGet("/leads/imports/{id}/refusals", RefusalsAsync).RequirePermission("read:affiliates")
            .Produces<Page<ImportRefusalView>>()
            .WithSummary("The rows that were not registered, by line");
    }

    private static async Task<IResult> ImportAsync(
        HttpContext http, ApiRequest request, OperationRunner operations, ImportReceiver receiver, LeadImportJobs jobs, AffiliateBook book,
        CancellationToken cancellationToken, string? mode = null)
    {
        if (http.Request.ContentType?.Split(';')[0].Trim().Equals("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            return ApiErrors.UnsupportedMediaType.With("Send it as text/csv.").ToResult();
        if (!Words.TryParse<ImportMode>(mode ?? "all", out var wanted))
            return Error.Invalid("mode", $"must be one of {string.Join(", ", Words.All<ImportMode>())}").ToResult();
        await book.EnsureAsync(request.Caller.Tenant, cancellationToken);
        var file = await receiver.ReceiveAsync(http, request.Caller.Tenant, cancellationToken);
        if (!file.IsSuccess)
            return file.Error.ToResult();
        byte[] fingerprint = [.. file.Value.Hash, (byte)wanted];
        var reply = await operations.RunAsync(
            request, fingerprint, _ => Task.FromResult<Result<Operation, Error>>(jobs.Begin(request.Caller, file.Value, wanted)),
            cancellationToken);
        return reply.ToResult();
    }

    private static async Task<IResult> GetAsync(Ref<JobId> id, Caller caller, Database database, CancellationToken cancellationToken) =>
        await FindAsync(id, caller, database, cancellationToken) is { } import
            ? Results.Json(LeadImportView.From(import), HubJson.Options) : Error.NotFound("import").ToResult();

    private static async Task<IResult> RefusalsAsync(
        Ref<JobId> id, Caller caller, PageRequest page, Database database, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, caller, database, cancellationToken) is null)
            return Error.NotFound("import").ToResult();
        var after = page.Before == PageRequest.FromNewest ? 0 : ImportRefusal.LineOf(page.Before);
        var rows = await database.QueryAsync(
            "SELECT * FROM affiliate_import_refusals WHERE tenant_id = @Tenant AND import_id = @id AND line > @after ORDER BY line LIMIT "
                + "@limit",
            new { caller.Tenant, id = id.Id, after, limit = page.Limit + 1 }, ImportRefusalTable.Instance.Read, cancellationToken);
        return Results.Json(
            Page<ImportRefusal>.Of(rows, page.Limit, refusal => refusal.Cursor).Select(ImportRefusalView.From), HubJson.Options);
    }

    private static Task<LeadImport?> FindAsync(JobId id, Caller caller, Database database, CancellationToken cancellationToken) =>
        database.FindAsync(LeadImportTable.Instance, new JobKey(caller.Tenant, id), cancellationToken);
}
