using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Cashfree;

/// <summary>Takes payments by orders, named by the hub's id, that customers pay with Cashfree's script in the caller's own page.</summary>
/// <remarks>Source: https://www.cashfree.com/docs/api-reference/payments/latest/orders/.</remarks>
[Provider("cashfree")]
internal sealed class CashfreePayments(ProviderHttp http) : IInitiatePayment, ILookUpPayment, IVerifyPayment, ICancelPayment
{
    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (request.ReturnUrl?.OriginalString.Length > CashfreeRequests.LongestUrl)
            return CashfreeFailures.LongReturnUrl;
        if (CashfreeRequests.Order(request, connection) is not { } order)
            return CashfreeFailures.NoPhone;
        using var message = CashfreeMessage.Send(
            HttpMethod.Post, "orders", order, CashfreeJson.Default.CashfreeOrderRequest, request.IdempotencyKey, connection);
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<PaymentState?, ProviderFailure>> LookUpPaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        using var message = CashfreeMessage.Get(CashfreeMessage.Order(request.PaymentId), connection);
        return CashfreeFailures.OrNothing(await SendAsync(message, cancellationToken));
    }

    public async Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        using var message = CashfreeMessage.Get(CashfreeMessage.Order(payment.ProviderReference), connection);
        var order = await SendAsync(message, cancellationToken);
        if (!order.IsSuccess)
            return order.Error;
        using var search = CashfreeMessage.Get(CashfreeMessage.Order(payment.ProviderReference, "/payments"), connection);
        var tries = await http.SendAsync(
            search, CashfreeJson.Default.IReadOnlyListCashfreePayment, CashfreeFailures.Classify, cancellationToken);
        var state = tries.Then(read => CashfreeMapping.With(order.Value, read));
        return state is { IsSuccess: true, Value.Status: PaymentStatus.Succeeded }
            ? await WithRefundsAsync(state.Value, payment, connection, cancellationToken) : state;
    }

    /// <summary>What is open is terminated, at once or soon; what has ended stays as it is.</summary>
    public async Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var path = CashfreeMessage.Order(request.Payment.ProviderReference);
        using var message = CashfreeMessage.Get(path, connection);
        var order = await SendAsync(message, cancellationToken);
        if (!order.IsSuccess)
            return order.Error.BeforeActing();
        if (order.Value.Status != PaymentStatus.RequiresAction)
            return order;
        using var ending = CashfreeMessage.Send(
            HttpMethod.Patch, path, new CashfreeTermination("TERMINATED"), CashfreeJson.Default.CashfreeTermination, null, connection);
        return await SendAsync(ending, cancellationToken);
    }

    /// <summary>With all that went back, also what was refunded elsewhere.</summary>
    private async Task<Result<PaymentState, ProviderFailure>> WithRefundsAsync(
        PaymentState state, PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        using var message = CashfreeMessage.Get(CashfreeMessage.Order(payment.ProviderReference, "/refunds"), connection);
        var refunds = await http.SendAsync(
            message, CashfreeJson.Default.IReadOnlyListCashfreeRefund, CashfreeFailures.Classify, cancellationToken);
        return refunds.Map(read => state with { Refunded = CashfreeMapping.Refunded(read, payment.Amount.Currency) });
    }

    private async Task<Result<PaymentState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var order = await http.SendAsync(message, CashfreeJson.Default.CashfreeOrder, CashfreeFailures.Classify, cancellationToken);
        return order.Then(CashfreeMapping.FromOrder);
    }
}
