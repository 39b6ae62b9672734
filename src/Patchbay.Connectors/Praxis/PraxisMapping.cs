using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Praxis;

/// <summary>Praxis's orders as the hub sees them. Pure. An unknown status or currency is a failure, never a guess.</summary>
internal static class PraxisMapping
{
    /// <summary>Key of the customer's name at Praxis, which a refund needs.</summary>
    public const string Cid = "cid";

    /// <summary>Key of what was charged, where that was in another currency than asked for.</summary>
    public const string Charged = "charged";

    /// <summary>A customer may try several times: what was approved counts, else how the last try went.</summary>
    /// <param name="payment">Names it until there is a transaction.</param>
    public static Result<PaymentState, ProviderFailure> FromOrder(PraxisAnswer answer, string payment) =>
        FromTries(Transactions(answer), answer.Session, payment);

    public static Result<PaymentState, ProviderFailure> FromTries(
        IReadOnlyList<PraxisTransaction> tries, PraxisSession? session, string payment)
    {
        var data = session?.Cid is { } cid ? new Dictionary<string, string> { [Cid] = cid } : [];
        var isOpen = IsOpen(session);
        if (tries.Count == 0)
            return new PaymentState(payment, isOpen ? PaymentStatus.RequiresAction : PaymentStatus.Expired) { ProviderData = data };
        var decisive = tries.LastOrDefault(one => Status(one, isOpen) == PaymentStatus.Succeeded)
            ?? tries.LastOrDefault(one => Status(one, isOpen) is PaymentStatus.Processing or PaymentStatus.Authorized) ?? tries[^1];
        if (Status(decisive, isOpen) is not { } status)
            return Unknown(decisive.TransactionStatus);
        if (!TryRead(decisive.Amount, decisive.Currency ?? session?.Currency, out var asked)
            || !TryRead(decisive.ProcessedAmount, decisive.ProcessedCurrency, out var charged))
            return ProviderFailure.Unreadable($"Praxis answered an amount of {decisive.Tid} that is none.");
        var isConverted = charged is { } moved && asked is { } wished && moved.Currency != wished.Currency;
        if (isConverted)
            data[Charged] = charged.ToString()!;
        var isPaid = status == PaymentStatus.Succeeded;
        var captured = !isPaid ? null : isConverted ? asked : charged ?? asked;
        var word = decisive.TransactionStatus;
        return new PaymentState(decisive.Tid.ToString(CultureInfo.InvariantCulture), status)
        {
            Captured = captured,
            Refunded = word is "refunded" or "reversed" ? captured : null,
            Disputes = word == "chargeback"
                ? [new(decisive.Tid.ToString(CultureInfo.InvariantCulture), DisputeKind.Chargeback, DisputeStatus.Open, captured)] : [],
            ProviderData = data,
            Failure = isPaid || !IsRefused(word) ? null : PraxisFailures.Explain(decisive),
        };
    }

    public static Result<RefundState, ProviderFailure> FromRefund(PraxisAnswer answer) => Transactions(answer) is [.., var made]
        ? FromRefund(made) : ProviderFailure.Unreadable("Praxis answered without a transaction.");

    public static Result<RefundState, ProviderFailure> FromRefund(PraxisTransaction refund)
    {
        RefundStatus? status = refund.TransactionStatus switch
        {
            "initialized" or "pending" or "pending_async" or "in progress" or "requested" => RefundStatus.Pending,
            "approved" => RefundStatus.Succeeded,
            "cancelled" => RefundStatus.Canceled,
            var word when IsRefused(word) => RefundStatus.Failed,
            _ => null,
        };
        if (status is null)
            return Unknown(refund.TransactionStatus);
        return TryRead(refund.Amount, refund.Currency, out var amount)
            ? new RefundState(
                refund.Tid.ToString(CultureInfo.InvariantCulture), status.Value, amount,
                status == RefundStatus.Failed ? PraxisFailures.Explain(refund) : null)
            : ProviderFailure.Unreadable($"Praxis answered an amount of {refund.Tid} that is none.");
    }

    /// <summary>What was charged in another currency than asked for; null where it was in the same.</summary>
    public static Money? ReadCharged(IReadOnlyDictionary<string, string> data) =>
        data.GetValueOrDefault(Charged)?.Split(' ') is [var amount, var code] && Currency.TryParse(code, out var currency)
            && PlainDecimal.TryParse(amount, out var number) && Money.TryFromMajor(number, currency, out var money) ? money : null;

    /// <summary>In the order in which they were made.</summary>
    public static IReadOnlyList<PraxisTransaction> Transactions(PraxisAnswer answer) =>
        [.. (answer.Transactions ?? []).Concat(answer.Transaction ?? []).DistinctBy(one => one.Tid).OrderBy(one => one.Tid)];

    /// <summary>Whether the customer may still act.</summary>
    public static bool IsOpen(PraxisSession? session) => session?.SessionStatus is not ("expired" or "failed" or "successful");

    public static bool IsRefused(string status) => status is "rejected" or "declined" or "error";

    public static ProviderFailure Unknown(string status) =>
        ProviderFailure.Unreadable($"Praxis answered the unknown status '{status}'.");

    /// <param name="isOpen">The customer may still try again.</param>
    private static PaymentStatus? Status(PraxisTransaction one, bool isOpen) => one.TransactionStatus switch
    {
        "approved" or "chargeback" or "refunded" or "reversed" => PaymentStatus.Succeeded,
        "authorized" => PaymentStatus.Authorized,
        "initialized" or "pending" or "pending_async" or "in progress" => PaymentStatus.Processing,
        "cancelled" => isOpen ? PaymentStatus.RequiresAction : PaymentStatus.Canceled,
        var word when IsRefused(word) => isOpen ? PaymentStatus.RequiresAction : PaymentStatus.Failed,
        _ => null,
    };

    /// <summary>False when it is no amount of a currency; null for none.</summary>
    private static bool TryRead(long? minorUnits, string? code, out Money? money)
    {
        money = null;
        if (minorUnits is null)
            return true;
        if (!Currency.TryParse(code, out var currency))
            return false;
        money = new Money(minorUnits.Value, currency);
        return true;
    }
}
