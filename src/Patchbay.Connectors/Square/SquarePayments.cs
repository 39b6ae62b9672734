using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Square;

/// <summary>Takes payments on Square's hosted page, by a payment link for an order of one line.</summary>
/// <remarks>Source: https://developer.squareup.com/docs/checkout-api. A link takes the money at once: nothing can be reserved.</remarks>
[Provider("square")]
internal sealed class SquarePayments(ProviderHttp http) : IInitiatePayment, IVerifyPayment, ICancelPayment
{
    private const string Links = "v2/online-checkout/payment-links";

    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        using var message = SquareMessage.Post(
            Links, SquareOrders.Link(request, connection), SquareJson.Default.SquareLinkOrder, connection);
        var made = await http.SendAsync(message, SquareJson.Default.SquareLinkReply, SquareFailures.Classify, cancellationToken);
        return made.Map(reply => SquareMapping.FromLink(reply.PaymentLink));
    }

    public Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken) =>
        http.ReadAsync(payment, connection, cancellationToken);

    /// <summary>A link that nobody has paid on is deleted, its order canceled with it; what was paid meanwhile stays as it is.</summary>
    public async Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var data = request.Payment.ProviderData;
        if (data.GetValueOrDefault(SquareMapping.LinkKey) is not { } link)
            return SquareFailures.NotStarted(request.Payment.PaymentId);
        using var message = SquareMessage.Delete($"{Links}/{Uri.EscapeDataString(link)}", connection);
        var deleted = await http.SendAsync(message, SquareJson.Default.SquareDeleted, SquareFailures.Classify, cancellationToken);
        if (deleted is { IsSuccess: true, Value.CancelledOrderId: { } order })
            return new PaymentState(order, PaymentStatus.Canceled);
        // Deleted before, by a call whose answer was lost, or paid: the order tells.
        return deleted.IsSuccess || deleted.Error.HttpStatus is 404
            ? await http.ReadAsync(request.Payment, connection, cancellationToken) : deleted.Error;
    }
}
