using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Inbound;
using Patchbay.Integrations.Routing;
using Patchbay.Integrations.Timeline;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Payments and refunds over HTTP.</summary>
internal sealed class PaymentsFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["payments"];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton<DisputeChanges>().AddSingleton<PaymentCompletions>().AddSingleton<PaymentChanges>()
            .AddSingleton<PaymentHandlers>().AddSingleton<PaymentResolutions>().AddSingleton<ResolutionHandlers>();
        services.AddMoneySearch(PaymentTable.Instance, payment => payment.Id.Value, "reference", "provider_reference")
            .AddMoneySearch(RefundTable.Instance, refund => refund.Id.Value, "provider_reference");
        services.AddProviderDelivery<InitiatePayment>(PaymentCapabilities.Initiate);
        services.AddProviderDelivery<VerifyPayment>(PaymentCapabilities.Verify);
        services.AddProviderDelivery<CompletePayment>(PaymentCapabilities.Complete);
        services.AddProviderDelivery<CapturePayment>(PaymentCapabilities.Capture);
        services.AddProviderDelivery<CancelPayment>(PaymentCapabilities.Cancel);
        services.AddProviderDelivery<ProcessRefund>(PaymentCapabilities.Refund);
        services.AddProviderDelivery<VerifyRefund>(PaymentCapabilities.VerifyRefund);
        services.AddSingleton<IProviderEventTarget, PaymentEventTarget>().AddSingleton<IProviderEventTarget, RefundEventTarget>()
            .AddSingleton<IProviderEventTarget, PaymentHintTarget>().AddSingleton<IProviderEventTarget, RefundHintTarget>();
        services.AddFollowUp<PaymentFollowUp>("payment verification").AddFollowUp<RefundFollowUp>("refund verification");
        services.AddTimeline("payment", "read:payments", PaymentTable.Instance, PaymentView.From);
    }

    public void Map(FeatureRoutes hub)
    {
        hub.Action<PaymentHandlers, CreatePaymentRequest>("payments.create", "POST /payments/", payments => payments.CreateAsync)
            .Answers<PaymentView>(202, 201).MovesMoney().Says("Start a payment")
            .Refuses(RoutingErrors.NoActiveProvider);
        hub.ActionOn<PaymentHandlers, PaymentId, RefundPaymentRequest>(
                "payments.refunds.create", "POST /payments/{id}/refunds", payments => payments.RefundAsync)
            .Answers<RefundView>(202, 201).MovesMoney().Says("Refund a payment, in part or in full")
            .Refuses(AccessErrors.WrongMode, PaymentErrors.NotRefundable, PaymentErrors.RefundExceedsCaptured);
        hub.ActionOn<PaymentHandlers, PaymentId, CapturePaymentRequest>(
                "payments.capture", "POST /payments/{id}/capture", payments => payments.CaptureAsync)
            .Answers<PaymentView>(202, 201).Says("Capture a reserved payment")
            .Refuses(AccessErrors.WrongMode, PaymentErrors.NotCapturable, PaymentErrors.Closing);
        hub.ActionOn<PaymentHandlers, PaymentId>("payments.cancel", "POST /payments/{id}/cancel", payments => payments.CancelAsync)
            .Answers<PaymentView>(202, 201).Says("Give up a payment that was not captured")
            .Refuses(AccessErrors.WrongMode, PaymentErrors.NotCancelable, PaymentErrors.Closing);
        hub.ActionOn<PaymentHandlers, PaymentId>("payments.verify", "POST /payments/{id}/verify", payments => payments.VerifyAsync)
            .Answers<PaymentView>(202, 201).Says("Ask the provider how the payment stands")
            .Refuses(AccessErrors.WrongMode, PaymentErrors.NotStarted);
        MapResolutions(hub);
        hub.List(
                "GET /payments/", PaymentTable.Instance, PaymentView.Brief,
                by => by.Word<PaymentStatus>("status").Word<IntegrationMode>("mode").Text("reference").Text("customer_id")
                    .Created())
            .Says("Payments, newest first");
        hub.One<PaymentHandlers, PaymentId, Payment, PaymentView>(
            "GET /payments/{id}", "payment", payments => payments.FindAsync, PaymentView.From).Says("A payment");
        hub.One<PaymentHandlers, RefundId, Refund, RefundView>(
            "GET /refunds/{id}", "refund", payments => payments.FindRefundAsync, RefundView.From).Says("A refund");
        hub.ActionNamed("deliveries.retry").Refuses(
            PaymentErrors.NotCapturable, PaymentErrors.NotCancelable, PaymentErrors.Closing, PaymentErrors.NotRefundable,
            PaymentErrors.RefundExceedsCaptured);
        hub.Api.MapGet("/payments/{id}/refunds", ListRefundsAsync).WithTags(hub.Heading).RequirePermission("read:payments")
            .WithSummary("Refunds of the payment, newest first").Produces<Page<RefundView>>();
        hub.Api.MapGet("/payments/{id}/disputes", ListDisputesAsync).WithTags(hub.Heading).RequirePermission("read:payments")
            .WithSummary("Disputes about the payment, inquiries included, newest first")
            .Produces<Page<DisputeView>>();
    }

    private static void MapResolutions(FeatureRoutes hub)
    {
        hub.ActionOn<ResolutionHandlers, PaymentId, ClaimPaymentRequest>(
                "payments.claim", "POST /payments/{id}/claim", payments => payments.ClaimAsync)
            .Answers<PaymentView>().Says("Say that the payer says they have paid, where people or statements settle payments")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus);
        hub.ActionOn<ResolutionHandlers, PaymentId, ResolvePaymentRequest>(
                "payments.resolve", "POST /payments/{id}/resolve", payments => payments.ResolveAsync)
            .Answers<PaymentView>().Says("Say how a payment ended of which no provider tells")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus, PaymentErrors.EvidenceUsed);
        hub.ActionOn<ResolutionHandlers, RefundId, ResolveRefundRequest>(
                "payments.resolve_refund", "POST /refunds/{id}/resolve", payments => payments.ResolveRefundAsync)
            .Answers<RefundView>().Says("Say how a refund ended of which no provider tells")
            .Refuses(AccessErrors.WrongMode, ApiErrors.WrongStatus, PaymentErrors.EvidenceUsed);
    }

    private static Task<IResult> ListDisputesAsync(
        Ref<PaymentId> id, Caller caller, PageRequest page, PaymentHandlers handlers, Database database,
        CancellationToken cancellationToken) => ListAsync(
        id, caller, page, handlers, database,
        "SELECT * FROM disputes WHERE tenant_id = @Tenant AND payment_id = @payment AND id < @Before ORDER BY id DESC LIMIT @limit",
        DisputeTable.Instance.Read, dispute => dispute.Id.Value, DisputeView.From, cancellationToken);

    private static Task<IResult> ListRefundsAsync(
        Ref<PaymentId> id, Caller caller, PageRequest page, PaymentHandlers handlers, Database database,
        CancellationToken cancellationToken) => ListAsync(
        id, caller, page, handlers, database,
        "SELECT * FROM refunds WHERE tenant_id = @Tenant AND payment_id = @payment AND id < @Before ORDER BY id DESC LIMIT @limit",
        RefundTable.Instance.Read, refund => refund.Id.Value, RefundView.From, cancellationToken);

    private static async Task<IResult> ListAsync<TRow, TView>(
        PaymentId id, Caller caller, PageRequest page, PaymentHandlers handlers, Database database, string sql, Func<Row, TRow> read,
        Func<TRow, Guid> rowId, Func<TRow, TView> view, CancellationToken cancellationToken)
    {
        if (await handlers.FindAsync(caller.Tenant, id, cancellationToken) is null)
            return Error.NotFound("payment").ToResult();
        var rows = await database.QueryAsync(
            sql, new { caller.Tenant, payment = id, page.Before, limit = page.Limit + 1 }, read, cancellationToken);
        return Results.Json(Page<TRow>.Of(rows, page.Limit, rowId).Select(view), HubJson.Options);
    }
}
