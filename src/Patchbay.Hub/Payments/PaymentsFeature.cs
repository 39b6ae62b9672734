using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
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

    public void Map(FeatureRoutes routes)
    {
        var api = routes.Api;
        var group = api.MapGroup("/payments").WithTags("Payments");
        group.MapGet("/", ListAsync).RequirePermission("read:payments").WithMetadata(new Pageable()).Produces<Page<PaymentView>>()
            .WithSummary("Payments, newest first; filters: status, reference, created_after, created_before");
        group.MapGet("/{id}", GetAsync).RequirePermission("read:payments").Produces<PaymentView>();
        group.MapGet("/{id}/refunds", ListRefundsAsync).RequirePermission("read:payments").WithMetadata(new Pageable()).Produces<Page<RefundView>>();
        api.MapGet("/refunds/{id}", GetRefundAsync).WithTags("Payments").RequirePermission("read:payments").Produces<RefundView>();
        group.MapPost("/", (Body<CreatePaymentRequest> body, ApiRequest request, OperationRunner operations, PaymentHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.CreateAsync(request.Caller, body.Value, request.TraceParent, cancel), token))
            .RequirePermission("write:payments").WithMetadata(new NeedsIdempotencyKey()).Produces<PaymentView>(202).Produces<PaymentView>(201)
            .WithSummary("Start a payment");
        group.MapPost("/{id}/refunds", (Ref<PaymentId> id, Body<RefundPaymentRequest> body, ApiRequest request, OperationRunner operations, PaymentHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.RefundAsync(request.Caller, id, body.Value, request.TraceParent, cancel), token))
            .RequirePermission("write:payments").WithMetadata(new NeedsIdempotencyKey()).Produces<RefundView>(202).Produces<RefundView>(201)
            .WithSummary("Refund a payment, in part or in full");
        group.MapPost("/{id}/capture", (Ref<PaymentId> id, Body<CapturePaymentRequest> body, ApiRequest request, OperationRunner operations, PaymentHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, body.Raw, cancel => handlers.CaptureAsync(request.Caller, id, body.Value, request.TraceParent, cancel), token))
            .RequirePermission("write:payments").Produces<PaymentView>(202).Produces<PaymentView>(201).WithSummary("Capture a reserved payment");
        group.MapPost("/{id}/cancel", (Ref<PaymentId> id, ApiRequest request, OperationRunner operations, PaymentHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.CancelAsync(request.Caller, id, request.TraceParent, cancel), token))
            .RequirePermission("write:payments").Produces<PaymentView>(202).Produces<PaymentView>(201).WithSummary("Give up a payment that was not captured");
        group.MapPost("/{id}/verify", (Ref<PaymentId> id, ApiRequest request, OperationRunner operations, PaymentHandlers handlers, CancellationToken token) =>
                operations.RunAsync(request, [], cancel => handlers.VerifyAsync(request.Caller, id, request.TraceParent, cancel), token))
            .RequirePermission("write:payments").Produces<PaymentView>(202).Produces<PaymentView>(201).WithSummary("Ask the provider how the payment stands");
    }

    private static async Task<IResult> GetAsync(Ref<PaymentId> id, Caller caller, PaymentHandlers handlers, CancellationToken cancellationToken) =>
        await handlers.FindAsync(caller.Tenant, id, cancellationToken) is { } payment
            ? Results.Json(PaymentView.From(payment), HubJson.Options)
            : Error.NotFound("payment").ToResult();

    private static async Task<IResult> GetRefundAsync(Ref<RefundId> id, Caller caller, PaymentHandlers handlers, CancellationToken cancellationToken) =>
        await handlers.FindRefundAsync(caller.Tenant, id, cancellationToken) is { } refund
            ? Results.Json(RefundView.From(refund), HubJson.Options)
            : Error.NotFound("refund").ToResult();

    private static async Task<IResult> ListAsync(
        Caller caller, PageRequest page, Database database, CancellationToken cancellationToken, string? status = null, string? reference = null,
        DateTimeOffset? created_after = null, DateTimeOffset? created_before = null)
    {
        if (status is not null && !Words.TryParse<PaymentStatus>(status, out _))
            return Error.Invalid("status", $"must be one of {string.Join(", ", Words.All<PaymentStatus>())}").ToResult();
        var filter = new SqlFilter().And("tenant_id = @tenant", "tenant", caller.Tenant)
            .And("id < @before", "before", page.Before)
            .And("status = @status", "status", status)
            .And("reference = @reference", "reference", reference)
            .And("id >= @after", "after", created_after is { } after ? IdGenerator.LowestAt(after) : null)
            .And("id < @until", "until", created_before is { } until ? IdGenerator.LowestAt(until) : null)
            .With("limit", page.Limit + 1);
        var rows = await database.QueryAsync(
            $"SELECT * FROM payments WHERE {filter.Where} ORDER BY id DESC LIMIT @limit", filter.Parameters, PaymentTable.Instance.Read, cancellationToken);
        return Results.Json(Page<Payment>.Of(rows, page.Limit, payment => payment.Id.Value).Select(PaymentView.From), HubJson.Options);
    }

    private static async Task<IResult> ListRefundsAsync(
        Ref<PaymentId> id, Caller caller, PageRequest page, PaymentHandlers handlers, Database database, CancellationToken cancellationToken)
    {
        if (await handlers.FindAsync(caller.Tenant, id, cancellationToken) is null)
            return Error.NotFound("payment").ToResult();
        var rows = await database.QueryAsync(
            "SELECT * FROM refunds WHERE tenant_id = @Tenant AND payment_id = @payment AND id < @Before ORDER BY id DESC LIMIT @limit",
            new { caller.Tenant, payment = id.Id, page.Before, limit = page.Limit + 1 }, RefundTable.Instance.Read, cancellationToken);
        return Results.Json(Page<Refund>.Of(rows, page.Limit, refund => refund.Id.Value).Select(RefundView.From), HubJson.Options);
    }
}
