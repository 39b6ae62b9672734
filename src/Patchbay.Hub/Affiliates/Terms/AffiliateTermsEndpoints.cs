using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>What deposits are measured by, over HTTP: minimums by country, rates by currency, the reporting currency.</summary>
internal static class AffiliateTermsEndpoints
{
    public static void MapFtd(this RouteGroupBuilder affiliates)
    {
        var minimums = affiliates.MapGroup("/ftd-minimums");
        minimums.MapGet("/", MinimumsAsync).RequirePermission("read:affiliates").Produces<Page<FtdMinimumView>>().WithSummary("The minimums of all countries");
        minimums.MapGet("/{country}", MinimumAsync).RequirePermission("read:affiliates").Produces<FtdMinimumView>().WithSummary("The minimum of a country; * is the default");
        minimums.MapPut("/{country}", (string country, Body<SetFtdMinimumRequest> body, ApiRequest request, OperationRunner operations, AffiliateTermsHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.SetMinimumAsync(request.Caller, country, body.Value, cancel), token))
            .RequirePermission("write:affiliates").Produces<FtdMinimumView>().WithSummary("Set from which sum of deposits on a lead of a country is a first-time depositor");
        minimums.MapDelete("/{country}", (string country, ApiRequest request, OperationRunner operations, AffiliateTermsHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.DeleteMinimumAsync(request.Caller, country, cancel), token))
            .RequirePermission("write:affiliates").Produces<FtdMinimumView>().WithSummary("Let the default hold for a country");

        var rates = affiliates.MapGroup("/rates");
        rates.MapGet("/", RatesAsync).RequirePermission("read:affiliates").Produces<Page<AffiliateRateView>>().WithSummary("The rates of all currencies");
        rates.MapGet("/{currency}", RateAsync).RequirePermission("read:affiliates").Produces<AffiliateRateView>().WithSummary("The rate of a currency");
        rates.MapPut("/{currency}", (string currency, Body<SetRateRequest> body, ApiRequest request, OperationRunner operations, AffiliateTermsHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.SetRateAsync(request.Caller, currency, body.Value, cancel), token))
            .RequirePermission("write:affiliates").Produces<AffiliateRateView>().WithSummary("Set at what rate deposits of a currency are converted; those that wait for one count then");
        rates.MapDelete("/{currency}", (string currency, ApiRequest request, OperationRunner operations, AffiliateTermsHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.DeleteRateAsync(request.Caller, currency, cancel), token))
            .RequirePermission("write:affiliates").Produces<AffiliateRateView>().WithSummary("Delete a rate; what was converted by it stays so");

        affiliates.MapGet("/settings", SettingsAsync).RequirePermission("read:affiliates").Produces<AffiliateSettingsView>().WithSummary("The reporting currency");
        affiliates.MapPut("/settings", (Body<SetAffiliateSettingsRequest> body, ApiRequest request, OperationRunner operations, AffiliateTermsHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.SetSettingsAsync(request.Caller, body.Value, cancel), token))
            .RequirePermission("write:affiliates").Produces<AffiliateSettingsView>().WithSummary("Set the reporting currency, before the first deposit is counted");
    }

    private static async Task<IResult> MinimumsAsync(
        Caller caller, AffiliateTermsHandlers handlers, AffiliateBook book, CancellationToken cancellationToken)
    {
        var settings = await book.ReadAsync(caller.Tenant, cancellationToken);
        var rows = await handlers.ListMinimumsAsync(caller.Tenant, cancellationToken);
        return Results.Json(
            new Page<FtdMinimumView>([.. rows.Select(row => FtdMinimumView.From(row, settings))], null, false), HubJson.Options);
    }

    private static async Task<IResult> MinimumAsync(
        string country, Caller caller, AffiliateTermsHandlers handlers, AffiliateBook book, CancellationToken cancellationToken) =>
        await handlers.FindMinimumAsync(caller.Tenant, country, cancellationToken) is { } minimum
            ? Results.Json(FtdMinimumView.From(minimum, await book.ReadAsync(caller.Tenant, cancellationToken)), HubJson.Options)
            : Error.NotFound("minimum").ToResult();

    private static async Task<IResult> RatesAsync(
        Caller caller, AffiliateTermsHandlers handlers, AffiliateBook book, CancellationToken cancellationToken)
    {
        var settings = await book.ReadAsync(caller.Tenant, cancellationToken);
        var rows = await handlers.ListRatesAsync(caller.Tenant, cancellationToken);
        return Results.Json(
            new Page<AffiliateRateView>([.. rows.Select(row => AffiliateRateView.From(row, settings))], null, false), HubJson.Options);
    }

    private static async Task<IResult> RateAsync(
        string currency, Caller caller, AffiliateTermsHandlers handlers, AffiliateBook book, CancellationToken cancellationToken) =>
        await handlers.FindRateAsync(caller.Tenant, currency, cancellationToken) is { } rate
            ? Results.Json(AffiliateRateView.From(rate, await book.ReadAsync(caller.Tenant, cancellationToken)), HubJson.Options)
            : Error.NotFound("rate").ToResult();

    private static async Task<IResult> SettingsAsync(Caller caller, AffiliateBook book, CancellationToken cancellationToken) =>
        Results.Json(AffiliateSettingsView.From(await book.ReadAsync(caller.Tenant, cancellationToken)), HubJson.Options);
}
