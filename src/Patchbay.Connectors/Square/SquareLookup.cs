using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Square;

/// <summary>
/// From a payment of the hub to Square's: by its own id once it is known, before that by the order that its link was made for.
/// </summary>
internal static class SquareLookup
{
    public static async Task<Result<PaymentState, ProviderFailure>> ReadAsync(
        this ProviderHttp http, PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        var id = payment.ProviderData.GetValueOrDefault(SquareMapping.PaymentKey);
        if (id is null)
        {
            if (payment.ProviderData.GetValueOrDefault(SquareMapping.OrderKey) is not { } orderId)
                return SquareFailures.NotStarted(payment.PaymentId);
            var order = await http.ReadOrderAsync(orderId, connection, cancellationToken);
            if (!order.IsSuccess)
                return order.Error;
            if (PaymentOf(order.Value) is not { } found)
                return SquareMapping.FromOrder(order.Value);
            id = found;
        }

        var read = await http.ReadPaymentAsync(id, connection, cancellationToken);
        return read.Then(SquareMapping.FromPayment);
    }

    public static async Task<Result<SquarePayment, ProviderFailure>> ReadPaymentAsync(
        this ProviderHttp http, string id, Connection connection, CancellationToken cancellationToken)
    {
        using var message = SquareMessage.Get("v2/payments/" + Uri.EscapeDataString(id), connection);
        var read = await http.SendAsync(message, SquareJson.Default.SquarePaymentReply, SquareFailures.Classify, cancellationToken);
        return read.Map(reply => reply.Payment);
    }

    /// <summary>Square's id of the payment: as it is known, else as the order tells; null when there is none yet.</summary>
    public static async Task<Result<string?, ProviderFailure>> FindAsync(
        this ProviderHttp http, PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        if (payment.ProviderData.GetValueOrDefault(SquareMapping.PaymentKey) is { } known)
            return known;
        if (payment.ProviderData.GetValueOrDefault(SquareMapping.OrderKey) is not { } order)
            return SquareFailures.NotStarted(payment.PaymentId);
        var read = await http.ReadOrderAsync(order, connection, cancellationToken);
        return read.IsSuccess ? new Result<string?, ProviderFailure>(PaymentOf(read.Value)) : read.Error.BeforeActing();
    }

    private static async Task<Result<SquareOrderState, ProviderFailure>> ReadOrderAsync(
        this ProviderHttp http, string order, Connection connection, CancellationToken cancellationToken)
    {
        using var message = SquareMessage.Get("v2/orders/" + Uri.EscapeDataString(order), connection);
        var read = await http.SendAsync(message, SquareJson.Default.SquareOrderReply, SquareFailures.Classify, cancellationToken);
        return read.Map(reply => reply.Order);
    }

    private static string? PaymentOf(SquareOrderState order) =>
        order.Tenders?.Select(tender => tender.PaymentId ?? tender.Id).LastOrDefault(id => id is not null);
}
