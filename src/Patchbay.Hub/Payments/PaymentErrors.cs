using Patchbay.Platform.Api;

namespace Patchbay.Hub.Payments;

/// <summary>What a payment's state does not allow.</summary>
internal static class PaymentErrors
{
    public static readonly ErrorCode NotStarted = new(409, "payment_not_started", "the provider does not know the payment yet");
    public static readonly ErrorCode Closing = new(409, "payment_closing", "it is being completed, captured or canceled");
    public static readonly ErrorCode NotCapturable = new(409, "payment_not_capturable", "only a reserved payment can be captured");
    public static readonly ErrorCode NotCancelable = new(
        409, "payment_not_cancelable", "only a payment that was not captured can be canceled");
    public static readonly ErrorCode EvidenceUsed = new(
        409, "evidence_used", "this transaction of the bank's or wallet's has settled something else");
    public static readonly ErrorCode NotRefundable = new(
        422, "payment_not_refundable", "nothing captured, or disputes have all that is left");
    public static readonly ErrorCode RefundExceedsCaptured = new(422, "refund_exceeds_captured", "more than is left to refund");
}
