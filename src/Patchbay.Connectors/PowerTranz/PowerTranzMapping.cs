using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>PowerTranz's transactions as the hub sees them. Pure. An unknown code or amount is a failure, never a guess.</summary>
internal static class PowerTranzMapping
{
    public const string Approved = "00";
    public const string PartlyApproved = "10";

    /// <summary>Key of when the page was opened, in seconds since 1970.</summary>
    private const string Begun = "begun";

    /// <summary>Key of whether the money is only reserved.</summary>
    private const string Flow = "flow";
    private const string Reserves = "auth";

    /// <summary>The token that completes a payment has ended long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>The page was opened.</summary>
    public static Result<PaymentState, ProviderFailure> FromOpened(
        PowerTranzTransaction told, string transaction, CaptureMethod capture, DateTimeOffset now) => told switch
    {
        { IsoResponseCode: not ("SP4" or "HP0") } => PowerTranzFailures.Of(told),
        { RedirectData: { Length: > 0 and <= NextAction.LongestHtml } page } => new PaymentState(transaction, PaymentStatus.RequiresAction)
        {
            NextAction = new NextAction("embed") { Html = page },
            ProviderData = DataOf(capture, now),
        },
        _ => ProviderFailure.Unreadable($"PowerTranz opened {transaction} without a page, or with one that is too long."),
    };

    /// <summary>What is kept with a payment whose page is opened.</summary>
    public static IReadOnlyDictionary<string, string> DataOf(CaptureMethod capture, DateTimeOffset now) => ProviderData.Of(
        (Begun, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        (Flow, capture == CaptureMethod.Manual ? Reserves : null));

    /// <summary>What a completed payment came to; null when it was not approved, of which the answer says more.</summary>
    public static Result<PaymentState, ProviderFailure>? FromApproved(
        PowerTranzTransaction told, PaymentHandle payment, string transaction, bool reserves)
    {
        if (told is not { IsoResponseCode: Approved, Approved: not false })
            return null;
        if (PowerTranzAmounts.FromWire(told) is not { } amount || amount != payment.Amount)
            return ProviderFailure.Unreadable($"PowerTranz charged {told.TotalAmount} {told.CurrencyCode} for {payment.PaymentId}.");
        return new PaymentState(transaction, reserves ? PaymentStatus.Authorized : PaymentStatus.Succeeded)
        {
            Captured = reserves ? null : amount,
            ProviderData = ProviderData.Of(PowerTranzAgreement.Of(payment) is { } agreed ? agreed.Used().Data : default),
        };
    }

    public static PaymentState Failed(string transaction, string code, string? message = null) =>
        new(transaction, PaymentStatus.Failed) { Failure = PowerTranzFailures.Explain(code, message) };

    /// <summary>How a payment stands that PowerTranz was asked about.</summary>
    /// <param name="told">Null when it does not know the transaction: nobody has come to its page.</param>
    public static Result<PaymentState, ProviderFailure> FromFound(
        PowerTranzTransaction? told, PaymentHandle payment, string transaction, DateTimeOffset now)
    {
        if (told is not null && FromApproved(told, payment, transaction, IsReserved(payment)) is { } approved)
            return approved;
        return told?.IsoResponseCode switch
        {
            PartlyApproved => PowerTranzFailures.PartlyApproved(told),
            null or "SP4" or "HP0" or "3D4" or "3D5" or "3D6" => Open(payment, transaction, PaymentStatus.RequiresAction, now),
            "3D0" or "3D1" => Open(payment, transaction, PaymentStatus.Pending, now),
            "3D2" or "3D3" => Failed(transaction, "3ds_failed", told.ResponseMessage),
            var code when PowerTranzFailures.MayPass(code) => Open(payment, transaction, PaymentStatus.Pending, now),
            var code when PowerTranzFailures.IsDecline(code) || told.Approved == false =>
                Failed(transaction, code, PowerTranzFailures.TextOf(told)),
            var code => ProviderFailure.Unreadable($"PowerTranz answered the unknown code '{code}'."),
        };
    }

    /// <summary>Whether the money was to be reserved only.</summary>
    public static bool IsReserved(PaymentHandle payment) => payment.ProviderData.GetValueOrDefault(Flow) == Reserves;

    /// <summary>The transaction that the customer agreed to, else the one that was opened last.</summary>
    public static string TransactionOf(PaymentHandle payment) => PowerTranzAgreement.Of(payment)?.Transaction ?? payment.ProviderReference;

    public static Result<RefundState, ProviderFailure> FromRefund(PowerTranzTransaction told, string refund) => told switch
    {
        { IsoResponseCode: Approved, Approved: not false } => PowerTranzAmounts.FromWire(told) is { } amount
            ? new RefundState(told.TransactionIdentifier ?? refund, RefundStatus.Succeeded, amount)
            : ProviderFailure.Unreadable($"PowerTranz answered an amount of {refund} that is none."),
        _ => PowerTranzFailures.Of(told),
    };

    private static PaymentState Open(PaymentHandle payment, string transaction, PaymentStatus status, DateTimeOffset now) =>
        new(transaction, IsOver(payment, now) ? PaymentStatus.Expired : status);

    private static bool IsOver(PaymentHandle payment, DateTimeOffset now) =>
        long.TryParse(payment.ProviderData.GetValueOrDefault(Begun), NumberStyles.None, CultureInfo.InvariantCulture, out var begun)
        && now - DateTimeOffset.FromUnixTimeSeconds(begun) > Patience;
}
