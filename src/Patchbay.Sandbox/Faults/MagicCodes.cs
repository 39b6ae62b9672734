using System.Globalization;

namespace Patchbay.Sandbox.Faults;

/// <summary>The four-digit endings that choose a misbehaviour; docs/sandbox-testing.md has the table.</summary>
public static class MagicCodes
{
    public const string Declined = "0002";
    public const string CustomerLeaves = "0003";
    public const string SessionExpires = "0004";
    public const string PaidLater = "0005";
    public const string FailsLater = "0006";
    public const string RefundPending = "0019";
    public const string RefundFailsLater = "0020";
    public const string Invalid = "0040";
    public const string Disputed = "0059";
    public const string InsufficientFunds = "0095";

    public const string BadRecipient = "0001";
    public const string OptedOut = "0004";
    public const string Unreachable = "0010";
    public const string CarrierFails = "0011";
    public const string StaysSent = "0012";
    public const string NotMobile = "0014";
    public const string OutsideWindow = "0016";

    public const string WebhookDuplicate = "0060";
    public const string WebhookLate = "0061";
    public const string WebhookOutOfOrder = "0062";
    public const string WebhookBadSignature = "0063";
    public const string WebhookNone = "0064";

    /// <summary>
    /// The last four digits of an amount that has more than four, so that small sums such as 0.99 stay ordinary; else null.
    /// </summary>
    public static string? OfAmount(long minorUnits) =>
        minorUnits < 10_000 ? null : (minorUnits % 10_000).ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>The last four digits of a phone number; null when it has fewer.</summary>
    public static string? OfNumber(string number) =>
        number.Length >= 4 && number.AsSpan(number.Length - 4).IndexOfAnyExceptInRange('0', '9') < 0 ? number[^4..] : null;

    /// <summary>The code after the last dot of a reference such as <c>ord_1001.0029</c>; null when it has none.</summary>
    public static string? OfReference(string? reference) =>
        reference is { Length: > 4 } && reference[^5] == '.' ? OfNumber(reference) : null;

    /// <summary>Of a number, or an address such as <c>ann.0029@example.com</c>; null when it has none.</summary>
    public static string? OfRecipient(string recipient) =>
        recipient.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? OfReference(recipient[..at]) : OfNumber(recipient);

    public static FaultKind? WebhookTwist(string? code) => code switch
    {
        WebhookDuplicate => FaultKind.WebhookDuplicate,
        WebhookLate => FaultKind.WebhookLate,
        WebhookOutOfOrder => FaultKind.WebhookOutOfOrder,
        WebhookBadSignature => FaultKind.WebhookBadSignature,
        WebhookNone => FaultKind.WebhookNone,
        _ => null,
    };
}
