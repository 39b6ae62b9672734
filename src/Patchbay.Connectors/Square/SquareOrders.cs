using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Square;

/// <summary>The bodies of Square's POSTs. The same operation always has the same body: a key stands for one.</summary>
internal static class SquareOrders
{
    private const int MaxName = 500;
    private const int MaxReason = 192;
    private const int MaxMetadata = 255;

    public static SquareLinkOrder Link(PaymentRequest request, Connection connection) => new(
        request.IdempotencyKey,
        new SquareOrder(
            SquareMessage.LocationOf(connection),
            request.PaymentId,
            [
                new SquareItem(
                    (string.IsNullOrEmpty(request.Description) ? request.Reference : request.Description).UpTo(MaxName), "1",
                    SquareMapping.ToWire(request.Amount)),
            ],
            new SquareMetadata(request.Reference.UpTo(MaxMetadata))),
        request.ReturnUrl is { } back ? new SquareCheckoutOptions(back.OriginalString) : null,
        request.Customer?.Email is { } email ? new SquareBuyer(email) : null,
        request.PaymentId);

    /// <summary>A refund has no reference of ours; what comes back with it is its reason.</summary>
    public static SquareRefundOrder Refund(RefundRequest request, string payment) => new(
        request.IdempotencyKey, payment, SquareMapping.ToWire(request.Amount),
        string.IsNullOrEmpty(request.Reason) ? request.RefundId
            : $"{request.Reason.UpTo(MaxReason - request.RefundId.Length - 1)} {request.RefundId}");
}
