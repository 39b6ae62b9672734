using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>The bodies of Adyen's POSTs. The same operation always has the same body: a key stands for one.</summary>
internal static class AdyenOrders
{
    private const int MaxDescription = 280;
    private const int MaxMetadata = 80;
    private const int MaxEmail = 500;
    private const int MaxPhone = 32;

    /// <summary>
    /// Nothing is told of a link's end. It ends before the hub, which asks for a day, stops asking; by itself it would after.
    /// </summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(22);

    private static readonly string[] RefundReasons = ["FRAUD", "CUSTOMER REQUEST", "RETURN", "DUPLICATE", "OTHER"];

    public static AdyenLinkOrder Link(PaymentRequest request, AdyenAmount amount, Connection connection) => new(
        AdyenMessage.MerchantOf(connection),
        amount,
        AdyenReference.Of(request),
        (string.IsNullOrEmpty(request.Description) ? request.Reference : request.Description).UpTo(MaxDescription),
        request.ReturnUrl?.OriginalString,
        (request.AcceptedAt + Life)?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        request.Country,
        request.Customer?.Id is { Length: >= 3 and <= 256 } id ? id : null,
        request.Customer?.Email is { Length: <= MaxEmail } email ? email : null,
        request.Customer?.Phone is { Length: <= MaxPhone } phone ? phone : null,
        new AdyenMetadata(request.PaymentId, request.Reference.UpTo(MaxMetadata)),
        ManualCapture: request.Capture == CaptureMethod.Manual ? true : null,
        // Else the account's own setting would count, which may be days, or by hand.
        CaptureDelayHours: request.Capture == CaptureMethod.Manual ? null : 0);

    /// <summary>A cancellation, and with an amount a capture.</summary>
    public static AdyenModification OfReserved(PaymentHandle payment, Connection connection) =>
        new(AdyenMessage.MerchantOf(connection), AdyenReference.OfReserved(payment.PaymentId));

    /// <summary>A reason is one of Adyen's own words, or none.</summary>
    public static AdyenModification Refund(RefundRequest request, AdyenAmount amount, Connection connection) => new(
        AdyenMessage.MerchantOf(connection), request.RefundId, amount,
        RefundReasons.FirstOrDefault(known => known.Equals(request.Reason, StringComparison.OrdinalIgnoreCase)));
}
