using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <summary>Deposits over HTTP.</summary>
internal static class DepositEndpoints
{
    public static void MapDeposits(this RouteGroupBuilder affiliates)
    {
        var group = affiliates.MapGroup("/deposits");
        group.MapPost("/", (Body<RecordDepositRequest> body, ApiRequest request, OperationRunner operations, DepositHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.RecordAsync(request.Caller, body.Value, cancel), token))
            .RequirePermission("write:affiliates").Produces<DepositView>(201).Produces<DepositView>().WithSummary("Record a deposit of a lead; the same reference counts once");
        group.MapGet("/", ListAsync).RequirePermission("read:affiliates").WithMetadata(new Pageable()).Produces<Page<DepositView>>()
            .WithSummary("Deposits, newest first; filters: affiliate_id, affiliate_lead_id, status");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:affiliates").Produces<DepositView>().WithSummary("A deposit");
        group.MapPost("/{id}/reverse", (Ref<DepositId> id, Body<ReverseDepositRequest> body, ApiRequest request, OperationRunner operations, DepositHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.ReverseAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission("write:affiliates").Produces<DepositView>().WithSummary("Take a deposit back, in whole or in part: it was refunded or charged back");
    }

    private static async Task<IResult> ListAsync(
        Caller caller, PageRequest page, DepositHandlers handlers, CancellationToken cancellationToken, string? affiliate_id = null, string? affiliate_lead_id = null, string? status = null)
    {
        DepositStatus? wanted = null;
        if (status is not null)
        {
            if (!Words.TryParse<DepositStatus>(status, out var known))
                return Error.Invalid("status", $"must be one of {string.Join(", ", Words.All<DepositStatus>())}").ToResult();
            wanted = known;
        }

        var rows = await handlers.ListAsync(caller.Tenant, page, affiliate_id, affiliate_lead_id, wanted, cancellationToken);
        return Results.Json(Page<Deposit>.Of(rows, page.Limit, deposit => deposit.Id.Value).Select(DepositView.From), HubJson.Options);
    }

    private static async Task<IResult> GetAsync(Ref<DepositId> id, Caller caller, DepositHandlers handlers, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller.Tenant, id, cancellationToken) is { } deposit
            ? Results.Json(DepositView.From(deposit), HubJson.Options)
            : Error.NotFound("deposit").ToResult();
}
