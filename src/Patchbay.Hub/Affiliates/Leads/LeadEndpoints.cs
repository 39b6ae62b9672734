using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Leads;

/// <summary>Leads, their deposits and what was withheld about them, over HTTP.</summary>
internal static class LeadEndpoints
{
    public static void MapLeads(this RouteGroupBuilder affiliates)
    {
        var group = affiliates.MapGroup("/leads");
        group.MapPost("/", (Body<RegisterLeadRequest> body, ApiRequest request, OperationRunner operations, LeadHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.RegisterAsync(request.Caller, body.Value, cancel), token))
            .RequirePermission("write:affiliates").Produces<LeadView>(201).Produces<LeadView>().WithSummary("Register a lead; the same once more changes nothing");
        group.MapGet("/", ListAsync).RequirePermission("read:affiliates").WithMetadata(new Pageable()).Produces<Page<LeadView>>()
            .WithSummary("Leads, newest first; filters: affiliate_id, customer_id");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:affiliates").Produces<LeadView>().WithSummary("A lead");
        group.MapPatch("/{id}", (Ref<LeadId> id, Body<ChangeLeadRequest> body, ApiRequest request, OperationRunner operations, LeadHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.ChangeAsync(request.Caller, id, body.Value, cancel), token))
            .RequirePermission("write:affiliates").Produces<LeadView>().WithSummary("Say which customer a lead has become, or correct its country");
        affiliates.MapGet("/suppressions", SuppressionsAsync).RequirePermission("read:affiliates").WithMetadata(new Pageable()).Produces<Page<SuppressionView>>()
            .WithSummary("Events that were withheld, and why, newest first; filters: affiliate_id, affiliate_lead_id, rule, event");
    }

    private static async Task<IResult> ListAsync(
        Caller caller, PageRequest page, LeadHandlers handlers, AffiliateBook book, CancellationToken cancellationToken, string? affiliate_id = null, string? customer_id = null)
    {
        var settings = await book.ReadAsync(caller.Tenant, cancellationToken);
        var rows = await handlers.ListAsync(caller.Tenant, page, affiliate_id, customer_id, cancellationToken);
        return Results.Json(Page<Lead>.Of(rows, page.Limit, lead => lead.Id.Value).Select(lead => LeadView.From(lead, settings.ReportingCurrency)), HubJson.Options);
    }

    private static async Task<IResult> GetAsync(Ref<LeadId> id, Caller caller, LeadHandlers handlers, AffiliateBook book, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller.Tenant, id, cancellationToken) is { } lead
            ? Results.Json(LeadView.From(lead, (await book.ReadAsync(caller.Tenant, cancellationToken)).ReportingCurrency), HubJson.Options)
            : Error.NotFound("lead").ToResult();

    private static async Task<IResult> SuppressionsAsync(
        Caller caller, PageRequest page, Database database, CancellationToken cancellationToken, string? affiliate_id = null, string? affiliate_lead_id = null, string? rule = null,
        string? @event = null)
    {
        var filter = new SqlFilter().And("tenant_id = @tenant", "tenant", caller.Tenant).And("id < @before", "before", page.Before).And("affiliate_id = @affiliate", "affiliate", affiliate_id)
            .And("affiliate_lead_id = @lead", "lead", affiliate_lead_id).And("rule = @rule", "rule", rule).And("event = @event", "event", @event).With("limit", page.Limit + 1);
        var rows = await database.QueryAsync(
            $"SELECT * FROM affiliate_suppressions WHERE {filter.Where} ORDER BY id DESC LIMIT @limit", filter.Parameters, SuppressionTable.Instance.Read, cancellationToken);
        return Results.Json(Page<Suppression>.Of(rows, page.Limit, entry => entry.Key.Id.Value).Select(SuppressionView.From), HubJson.Options);
    }
}
