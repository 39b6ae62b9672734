using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Inbound;
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
        services.AddSingleton<PaymentChanges>().AddSingleton<PaymentHandlers>();
        services.AddProviderDelivery<InitiatePayment>(PaymentCapabilities.Initiate);
        services.AddProviderDelivery<VerifyPayment>(PaymentCapabilities.Verify);
        services.AddProviderDelivery<CapturePayment>(PaymentCapabilities.Capture);
        services.AddProviderDelivery<CancelPayment>(PaymentCapabilities.Cancel);
        services.AddProviderDelivery<ProcessRefund>(PaymentCapabilities.Refund);
        services.AddProviderDelivery<VerifyRefund>(PaymentCapabilities.VerifyRefund);
        services.AddSingleton<IProviderEventTarget, PaymentEventTarget>().AddSingleton<IProviderEventTarget, RefundEventTarget>();
        services.AddFollowUp<PaymentFollowUp>("payment verification").AddFollowUp<RefundFollowUp>("refund verification");
    }

    public void Map(FeatureRoutes hub)
    {
        hub.Action<PaymentHandlers, CreatePaymentRequest>("payments.create", "POST /payments/", payments => payments.CreateAsync)
            .Answers<PaymentView>(202, 201).MovesMoney().Says("Start a payment");
        hub.ActionOn<PaymentHandlers, PaymentId, RefundPaymentRequest>(
                "payments.refunds.create", "POST /payments/{id}/refunds", payments => payments.RefundAsync)
            .Answers<RefundView>(202, 201).MovesMoney().Says("Refund a payment, in part or in full");
        hub.ActionOn<PaymentHandlers, PaymentId, CapturePaymentRequest>(
                "payments.capture", "POST /payments/{id}/capture", payments => payments.CaptureAsync)
            .Answers<PaymentView>(202, 201).Says("Capture a reserved payment");
        hub.ActionOn<PaymentHandlers, PaymentId>("payments.cancel", "POST /payments/{id}/cancel", payments => payments.CancelAsync)
            .Answers<PaymentView>(202, 201).Says("Give up a payment that was not captured");
        hub.ActionOn<PaymentHandlers, PaymentId>("payments.verify", "POST /payments/{id}/verify", payments => payments.VerifyAsync)
            .Answers<PaymentView>(202, 201).Says("Ask the provider how the payment stands");
        hub.List(
                "GET /payments/", PaymentTable.Instance, PaymentView.From,
                by => by.Word<PaymentStatus>("status").Text("reference").Created())
            .Says("Payments, newest first; filters: status, reference, created_after, created_before");
        hub.One<PaymentHandlers, PaymentId, Payment, PaymentView>(
            "GET /payments/{id}", "payment", payments => payments.FindAsync, PaymentView.From);
        hub.One<PaymentHandlers, RefundId, Refund, RefundView>(
            "GET /refunds/{id}", "refund", payments => payments.FindRefundAsync, RefundView.From);
        hub.Api.MapGet("/payments/{id}/refunds", ListRefundsAsync).WithTags(hub.Heading).RequirePermission("read:payments")
            .Produces<Page<RefundView>>();
    }

    private static async Task<IResult> ListRefundsAsync(
        Ref<PaymentId> id, Caller caller, PageRequest page, PaymentHandlers handlers, Database database,
        CancellationToken cancellationToken)
    {
        if (await handlers.FindAsync(caller.Tenant, id, cancellationToken) is null)
            return Error.NotFound("payment").ToResult();
        var rows = await database.QueryAsync(
            "SELECT * FROM refunds WHERE tenant_id = @Tenant AND payment_id = @payment AND id < @Before ORDER BY id DESC LIMIT @limit",
            new { caller.Tenant, payment = id.Id, page.Before, limit = page.Limit + 1 }, RefundTable.Instance.Read, cancellationToken);
        return Results.Json(Page<Refund>.Of(rows, page.Limit, refund => refund.Id.Value).Select(RefundView.From), HubJson.Options);
    }
}
