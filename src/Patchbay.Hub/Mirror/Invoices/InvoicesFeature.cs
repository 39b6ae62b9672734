using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Mirror.Names;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Costs;
using Patchbay.Integrations.Timeline;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>The mirror's invoices over HTTP.</summary>
internal sealed class InvoicesFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["invoices"];

    public void Add(IServiceCollection services) => services
        .AddSingleton<InvoiceChanges>().AddSingleton<InvoiceHandlers>().AddSingleton<InvoicedPayments>()
        .AddSingleton<IPaymentListener, InvoicePayments>().AddSingleton<ITimelineSource, InvoiceTimeline>()
        .AddSingleton<OverdueInvoices>().AddLoop<OverdueInvoices>("overdue invoices", TimeSpan.FromSeconds(10), due => due.RunAsync);

    public void Map(FeatureRoutes hub)
    {
        hub.Action<InvoiceHandlers, CreateInvoiceRequest>("invoices.create", "POST /invoices/", invoices => invoices.CreateAsync)
            .Answers<InvoiceView>(201).Says("Mirror an invoice of the business system").Refuses(MirrorErrors.Taken);
        hub.ActionOn<InvoiceHandlers, InvoiceId, SaveInvoiceRequest>(
                "invoices.change", "PATCH /invoices/{id}", invoices => invoices.ChangeAsync)
            .Answers<InvoiceView>().Says("Change an invoice, send it or make it void").Refuses(AccessErrors.WrongMode, InvoiceErrors.Fixed);
        hub.ActionOn<InvoiceHandlers, string, PutInvoiceRequest>(
                "invoices.put", "PUT /invoices/by-external-id/{external_id}", invoices => invoices.PutAsync)
            .Answers<InvoiceView>(200, 201).Says("Write an invoice of the business system anew, or mirror it").Refuses(InvoiceErrors.Fixed);
        hub.List(
                "GET /invoices/", InvoiceTable.Instance, InvoiceView.Of,
                by => by.Text("external_id").Id<CustomerId>("customer_id").Word<InvoiceStatus>("status").Word<IntegrationMode>("mode")
                    .Created())
            .Says("Invoices, newest first");
        hub.One<InvoiceHandlers, InvoiceId, Invoice, InvoiceView>(
            "GET /invoices/{id}", "invoice", invoices => invoices.FindAsync, InvoiceView.Of).Says("An invoice");
        hub.Api.MapGet("/invoices/{id}/payments", PaymentsAsync).WithTags(hub.Heading).RequirePermission("read:invoices")
            .Refuses(ApiErrors.NotFound).Produces<Page<PaymentRecordView>>()
            .WithSummary("What was paid for the invoice, newest payment first");
    }

    private static async Task<IResult> PaymentsAsync(
        Ref<InvoiceId> id, Caller caller, PageRequest page, InvoiceHandlers invoices, CostReader costs, CancellationToken cancellationToken)
    {
        if (await invoices.FindAsync(caller.Tenant, id, cancellationToken) is null)
            return Error.NotFound("invoice").ToResult();
        var records = Page<PaymentRecord>.Of(
            await invoices.PaymentsAsync(caller.Tenant, id, page, cancellationToken), page.Limit, record => record.PaymentId.Value);
        var fees = await costs.OfAsync(
            caller.Tenant, [.. records.Data.Select(record => record.PaymentId.ToString())], cancellationToken);
        return Results.Json(
            records.Select(record => PaymentRecordView.Of(record, fees[record.PaymentId.ToString()])), HubJson.Options);
    }
}
