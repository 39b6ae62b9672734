using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.Affiliates.Terms;

/// <summary>What deposits are measured by, over HTTP: minimums by country, rates by currency, the reporting currency.</summary>
internal static class AffiliateTermsEndpoints
{
    public static void MapFtd(this FeatureRoutes hub)
    {
        hub.ActionOn<AffiliateTermsHandlers, string, SetFtdMinimumRequest>(
                "affiliates.ftd_minimums.set", "PUT /affiliates/ftd-minimums/{country}", ftd => ftd.SetMinimumAsync)
            .Answers<FtdMinimumView>().Says("Set from which sum of deposits on a lead of a country is a first-time depositor")
            .Refuses(ApiErrors.ChangedMeanwhile);
        hub.ActionOn<AffiliateTermsHandlers, string>(
                "affiliates.ftd_minimums.delete", "DELETE /affiliates/ftd-minimums/{country}", ftd => ftd.DeleteMinimumAsync)
            .Answers<FtdMinimumView>().Says("Let the default hold for a country");
        hub.ActionOn<AffiliateTermsHandlers, string, SetRateRequest>(
                "affiliates.rates.set", "PUT /affiliates/rates/{currency}", ftd => ftd.SetRateAsync)
            .Answers<AffiliateRateView>().Says("Set at what rate deposits of a currency are converted; those that wait for one count then")
            .Refuses(AffiliateErrors.RateIsOne);
        hub.ActionOn<AffiliateTermsHandlers, string>(
            "affiliates.rates.delete", "DELETE /affiliates/rates/{currency}", ftd => ftd.DeleteRateAsync)
            .Answers<AffiliateRateView>().Says("Delete a rate; what was converted by it stays so");
        hub.Action<AffiliateTermsHandlers, SetAffiliateSettingsRequest>(
                "affiliates.settings.set", "PUT /affiliates/settings", ftd => ftd.SetSettingsAsync)
            .Answers<AffiliateSettingsView>().Says("Set the reporting currency, before the first deposit is counted")
            .Refuses(AffiliateErrors.ReportingCurrencyFixed);

        var group = hub.Api.MapGroup("/affiliates").WithTags(hub.Heading);
        group.MapGet("/ftd-minimums/", MinimumsAsync).RequirePermission("read:affiliates").Produces<Page<FtdMinimumView>>()
            .WithSummary("The minimums of all countries");
        group.MapGet("/ftd-minimums/{country}", MinimumAsync).RequirePermission("read:affiliates").Produces<FtdMinimumView>()
            .WithSummary("The minimum of a country; * is the default");
        group.MapGet("/rates/", RatesAsync).RequirePermission("read:affiliates").Produces<Page<AffiliateRateView>>()
            .WithSummary("The rates of all currencies");
        group.MapGet("/rates/{currency}", RateAsync).RequirePermission("read:affiliates").Produces<AffiliateRateView>()
            .WithSummary("The rate of a currency");
        group.MapGet("/settings", SettingsAsync).RequirePermission("read:affiliates").Produces<AffiliateSettingsView>()
            .WithSummary("The reporting currency");
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
