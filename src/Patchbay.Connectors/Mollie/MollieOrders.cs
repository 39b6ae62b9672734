using System.Text.Json.Serialization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Mollie;

/// <summary>What comes back with the object, and in next-gen webhooks.</summary>
/// <param name="Reference">The hub's id.</param>
/// <param name="Merchant">The caller's own reference.</param>
internal sealed record MollieMetadata(string Reference, [property: JsonPropertyName("merchant_reference")] string? Merchant = null);

/// <summary>https://docs.mollie.com/reference/create-payment</summary>
internal sealed record MolliePaymentOrder(
    MollieAmount Amount, string Description, string RedirectUrl, string? CancelUrl, string WebhookUrl, MollieMetadata Metadata,
    string? CaptureMode, string? ProfileId, bool? Testmode);

/// <summary>https://docs.mollie.com/reference/create-refund and https://docs.mollie.com/reference/create-capture</summary>
internal sealed record MollieMoneyOrder(MollieAmount Amount, string? Description, MollieMetadata? Metadata, bool? Testmode);

/// <summary>https://docs.mollie.com/reference/create-webhook</summary>
internal sealed record MollieWebhookOrder(string Name, string Url, IReadOnlyList<string> EventTypes, bool? Testmode);

/// <summary>What needs no more than the mode.</summary>
internal sealed record MollieEmptyOrder(bool? Testmode);

/// <summary>The bodies of Mollie's POSTs. The same operation always has the same body: a key stands for one.</summary>
internal static class MollieOrders
{
    private const int MaxDescription = 255;

    // Nothing is appended to redirectUrl; the caller's own address tells which order it was.
    public static MolliePaymentOrder Payment(PaymentRequest request, Uri returnUrl, Connection connection) => new(
        Amount(request.Amount),
        (string.IsNullOrEmpty(request.Description) ? request.Reference : request.Description).UpTo(MaxDescription),
        returnUrl.OriginalString,
        request.CancelUrl?.OriginalString,
        MollieProof.Address(connection).OriginalString,
        new MollieMetadata(request.PaymentId, request.Reference),
        request.Capture == CaptureMethod.Manual ? "manual" : null,
        connection.FindValue("profile_id"),
        MollieMessage.Testmode(connection));

    public static MollieMoneyOrder Capture(CaptureRequest request, Connection connection) =>
        new(Amount(request.Amount), null, null, MollieMessage.Testmode(connection));

    // The amount is required, also for all that is left.
    public static MollieMoneyOrder Refund(RefundRequest request, Connection connection) => new(
        Amount(request.Amount),
        (string.IsNullOrEmpty(request.Reason) ? "Refund " + request.RefundId : request.Reason).UpTo(MaxDescription),
        new MollieMetadata(request.RefundId),
        MollieMessage.Testmode(connection));

    /// <summary>A text with all decimals that the currency has in ISO 4217, which are those of Mollie (JPY and ISK 0, HUF 2).</summary>
    private static MollieAmount Amount(Money money) => new(money.Currency.Code, money.ToAmountString());
}
