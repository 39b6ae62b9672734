using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>
/// What Adyen echoes as <c>merchantReference</c>: the hub's id, and of a payment also whether it is only to be reserved. That one an
/// authorisation does not tell by itself, and what else could (metadata, operations) is not signed.
/// </summary>
internal static class AdyenReference
{
    private const string Manual = ".manual";

    public static string Of(PaymentRequest request) =>
        request.Capture == CaptureMethod.Manual ? OfReserved(request.PaymentId) : request.PaymentId;

    /// <summary>Of what is done to a reservation: the same, since whether Adyen echoes the payment's or this one is unconfirmed.</summary>
    public static string OfReserved(string paymentId) => paymentId + Manual;

    public static bool IsManual(string? reference) => reference?.EndsWith(Manual, StringComparison.Ordinal) == true;

    /// <summary>The hub's id; null for what was not made by it.</summary>
    public static string? IdOf(string? reference) =>
        reference?.StartsWith("pay_", StringComparison.Ordinal) == true || reference?.StartsWith("ref_", StringComparison.Ordinal) == true
            ? reference.Replace(Manual, "", StringComparison.Ordinal) : null;
}
