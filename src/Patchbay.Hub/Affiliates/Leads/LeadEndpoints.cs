using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>Leads, their deposits and what was withheld about them, over HTTP.</summary>
internal static class LeadEndpoints
{
    public static void MapLeads(this FeatureRoutes hub)
    {
        hub.Action<LeadHandlers, RegisterLeadRequest>("affiliates.leads.register", "POST /affiliates/leads/", leads => leads.RegisterAsync)
            .Answers<LeadView>(201, 200).Says("Register a lead; the same once more changes nothing")
            .Refuses(AffiliateErrors.LeadExists, AffiliateErrors.CustomerHasLead, AffiliateErrors.LeadHasCustomer);
        hub.ActionOn<LeadHandlers, LeadId, ChangeLeadRequest>(
                "affiliates.leads.change", "PATCH /affiliates/leads/{id}", leads => leads.ChangeAsync)
            .Answers<LeadView>().Says("Say which customer a lead has become, or correct its country")
            .Refuses(AffiliateErrors.CustomerHasLead, AffiliateErrors.LeadHasCustomer);
        hub.List(
                "GET /affiliates/suppressions", SuppressionTable.Instance, SuppressionView.From,
                by => by.Text("affiliate_id").Text("affiliate_lead_id").Text("rule").Text("event"))
            .Says("Events that were withheld, and why, newest first");
        var group = hub.Api.MapGroup("/affiliates/leads").WithTags(hub.Heading);
        group.MapGet("/", ListAsync).RequirePermission("read:affiliates").Produces<Page<LeadView>>()
            .WithSummary("Leads, newest first");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:affiliates").Produces<LeadView>().WithSummary("A lead");
    }

    private static async Task<IResult> ListAsync(
        Caller caller, PageRequest page, LeadHandlers handlers, AffiliateBook book, CancellationToken cancellationToken,
        string? affiliate_id = null, string? customer_id = null)
    {
        var settings = await book.ReadAsync(caller.Tenant, cancellationToken);
        var rows = await handlers.ListAsync(caller.Tenant, page, affiliate_id, customer_id, cancellationToken);
        return Results.Json(Page<Lead>.Of(rows, page.Limit, lead => lead.Id.Value)
            .Select(lead => LeadView.From(lead, settings.ReportingCurrency)), HubJson.Options);
    }

    private static async Task<IResult> GetAsync(
        Ref<LeadId> id, Caller caller, LeadHandlers handlers, AffiliateBook book, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller.Tenant, id, cancellationToken) is { } lead
            ? Results.Json(LeadView.From(lead, (await book.ReadAsync(caller.Tenant, cancellationToken)).ReportingCurrency), HubJson.Options)
            : Error.NotFound("lead").ToResult();
}
