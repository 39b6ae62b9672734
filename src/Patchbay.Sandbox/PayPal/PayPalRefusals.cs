using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.PayPal;

/// <summary>
/// Why a payment does not allow a step, in PayPal's words. https://developer.paypal.com/api/rest/reference/payments/v2/errors/
/// </summary>
internal static class PayPalRefusals
{
    private const string NotPositive = "CANNOT_BE_ZERO_OR_NEGATIVE";

    public static string OfCompletion(GatewayPayment payment) => payment switch
    {
        { Status: GatewayStatus.Open, IsDeclined: true } => "INSTRUMENT_DECLINED",
        { Status: GatewayStatus.Open } => "ORDER_NOT_APPROVED",
        { Order.ManualCapture: true } => "ORDER_ALREADY_AUTHORIZED",
        _ => "ORDER_ALREADY_CAPTURED",
    };

    public static string OfCapture(GatewayPayment payment, Money? amount) => payment.Status switch
    {
        GatewayStatus.Canceled => "AUTHORIZATION_VOIDED",
        not GatewayStatus.Authorized => "AUTHORIZATION_ALREADY_CAPTURED",
        _ when amount is { } other && other.Currency != payment.Amount.Currency => "AUTH_CAPTURE_CURRENCY_MISMATCH",
        _ => amount is { MinorUnits: > 0 } ? "MAX_CAPTURE_AMOUNT_EXCEEDED" : NotPositive,
    };

    public static string OfVoid(GatewayPayment payment) =>
        payment.Status == GatewayStatus.Canceled ? "PREVIOUSLY_VOIDED" : "PREVIOUSLY_CAPTURED";

    public static string OfRefund(GatewayPayment payment, Money? amount) => payment.Status switch
    {
        GatewayStatus.Processing => "PENDING_CAPTURE",
        not GatewayStatus.Paid => "REFUND_NOT_ALLOWED",
        _ when payment.Refundable.MinorUnits == 0 => "CAPTURE_FULLY_REFUNDED",
        _ when amount is { } other && other.Currency != payment.Amount.Currency => "REFUND_CAPTURE_CURRENCY_MISMATCH",
        _ => amount is { MinorUnits: > 0 } ? "REFUND_AMOUNT_EXCEEDED" : NotPositive,
    };
}
