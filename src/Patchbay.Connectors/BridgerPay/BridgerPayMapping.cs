using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>BridgerPay's words as the hub's. Pure. An unknown status or currency is a failure, never a guess.</summary>
/// <remarks>Source: https://developers.bridgerpay.com/docs/statuses. Whether they are in capitals differs.</remarks>
internal static class BridgerPayMapping
{
    /// <summary>Keys of what a payment's notifications have told, and no answer does.</summary>
    public const string RefundId = "refund_id";

    public const string Session = "session";

    public const string Closed = "closed";

    /// <summary>The customer can not try again.</summary>
    public static bool IsClosed(IReadOnlyDictionary<string, string> data) => data.GetValueOrDefault(Session) == Closed;

    /// <param name="deposit">Null: nobody has tried to pay.</param>
    /// <param name="asked">Another amount that was approved is not what was asked for: a person has to look.</param>
    public static Result<PaymentState, ProviderFailure> FromDeposit(BridgerPayDeposit? deposit, string order, Money asked, bool isClosed)
    {
        var open = isClosed ? PaymentStatus.Canceled : PaymentStatus.RequiresAction;
        if (deposit is null)
            return new PaymentState(order, open);
        PaymentStatus? status = Word(deposit.Status) switch
        {
            "init" or "in_process" or "pending" or "capture in progress" or "approved_on_hold" => PaymentStatus.Processing,
            "authorized" => PaymentStatus.Authorized,
            "approved" or "captured" or "partly_refunded" or "refunded" => PaymentStatus.Succeeded,
            "declined" or "declined_due_to_invalid_credit_card" => open,
            "voided" => PaymentStatus.Canceled,
            _ => null,
        };
        if (status is null)
            return Unknown(deposit.Status);
        var state = new PaymentState(order, status.Value);
        return Word(deposit.Status) switch
        {
            "declined" or "declined_due_to_invalid_credit_card" => state with
            {
                Failure = BridgerPayFailures.Explain(Word(deposit.Status)!, Text(deposit.DeclineCode), deposit.DeclineReason),
            },
            "approved_on_hold" => state with { Failure = BridgerPayFailures.Explain("approved_on_hold") },
            "approved" or "captured" => Paid(state, deposit, asked),
            "refunded" => state with { Captured = asked, Refunded = asked },
            _ => state,
        };
    }

    public static Result<RefundState, ProviderFailure> FromRefund(BridgerPayRefund refund, RefundRequest request)
    {
        RefundStatus? status = Word(refund.Status) switch
        {
            "approved" => RefundStatus.Succeeded,
            "init" or "in_process" or "pending" => RefundStatus.Pending,
            "declined" => RefundStatus.Failed,
            _ => null,
        };
        if (status is null)
            return Unknown(refund.Status);
        return Amount(refund.Amount, refund.Currency) is { } amount
            ? new RefundState(
                Text(refund.RefundTransactionId) ?? request.RefundId, status.Value, amount,
                status == RefundStatus.Failed ? BridgerPayFailures.Explain("declined") : null)
            : ProviderFailure.Unreadable("BridgerPay answered a refund without an amount.");
    }

    /// <param name="reference">BridgerPay's id of it, where that is known; else it is read.</param>
    public static Result<PayoutState, ProviderFailure> FromPayout(BridgerPayPayout payout, string? reference = null)
    {
        PayoutStatus? status = Word(payout.Status) switch
        {
            "init" or "in_process" or "pending" or "authorized" => PayoutStatus.Processing,
            "approved" => PayoutStatus.Paid,
            "declined" => PayoutStatus.Failed,
            _ => null,
        };
        if (status is null)
            return Unknown(payout.Status);
        return (reference ?? Text(payout.Id)) is { } id
            ? new PayoutState(id, status.Value, status == PayoutStatus.Failed
                ? BridgerPayFailures.Explain("declined", Text(payout.DeclineCode), payout.DeclineReason) : null)
            : ProviderFailure.Unreadable("BridgerPay answered a payout without an id.");
    }

    /// <summary>A text, or a number, as a text; null for anything else.</summary>
    public static string? Text(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String or JsonValueKind.Number } told && told.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>And nothing of it was given back.</summary>
    public static bool IsPaid(BridgerPayDeposit? deposit) => Word(deposit?.Status) is "approved" or "captured";

    public static bool IsPartlyRefunded(BridgerPayDeposit? deposit) => Word(deposit?.Status) == "partly_refunded";

    public static bool IsRefunded(BridgerPayDeposit? deposit) => Word(deposit?.Status) == "refunded";

    private static Result<PaymentState, ProviderFailure> Paid(PaymentState state, BridgerPayDeposit deposit, Money asked)
    {
        if (Amount(deposit.Amount, deposit.Currency) is not { } paid)
            return ProviderFailure.Unreadable($"BridgerPay answered {deposit.Amount} '{deposit.Currency}', which is not an amount.");
        return paid == asked ? state with { Captured = paid } : state with
        {
            Status = PaymentStatus.Processing,
            Failure = new FailureDetail(
                "amount_differs", $"BridgerPay approved {paid}, and {asked} was asked for. Look at it in its dashboard.",
                FailureReason.Other),
        };
    }

    private static Money? Amount(decimal? amount, string? code) =>
        amount is { } number && Currency.TryParse(code, out var currency) && Money.TryFromMajor(number, currency, out var money)
            ? money : null;

    private static string? Word(string? status) => status?.ToLowerInvariant();

    private static ProviderFailure Unknown(string? status) =>
        ProviderFailure.Unreadable($"BridgerPay answered the unknown status '{status}'.");
}
