using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>What Stripe charges, from the transactions of the account's balance. Pure.</summary>
/// <remarks>
/// Source: https://docs.stripe.com/api/balance_transactions/object. Fees are in the currency in which the account is settled.
/// </remarks>
internal static class StripeFees
{
    /// <summary>Where a read asks for what it tells; it is null until the charge is settled, moments after it was captured.</summary>
    public const string Expanded = "balance_transaction";

    /// <summary>Of a payment, or what is kept or given back of it with a refund.</summary>
    public static IReadOnlyList<CostLine> Of(StripeExpandable<StripeBalanceTransaction>? transaction) =>
        transaction?.Object is { } known ? Lines("fee", [known]) : [];

    /// <summary>Of all disputes about a payment: it has one line for them.</summary>
    public static IReadOnlyList<CostLine> Of(IEnumerable<StripeDispute> disputes) =>
        Lines("dispute_fee", disputes.SelectMany(dispute => dispute.BalanceTransactions ?? []));

    /// <summary>Whether an event tells that the charge is settled now: its fee can be asked for.</summary>
    /// <param name="before">What an update changed; null for what is no update.</param>
    public static bool IsSettled(StripeCharge charge, IReadOnlyDictionary<string, JsonElement>? before) =>
        charge is { Captured: true, BalanceTransaction: not null } && before?.ContainsKey(Expanded) != false;

    /// <summary>None when the amounts cannot be read, or are in several currencies.</summary>
    private static CostLine[] Lines(string kind, IEnumerable<StripeBalanceTransaction> transactions)
    {
        var fees = new List<Money>();
        foreach (var transaction in transactions.Where(transaction => transaction.Fee != 0))
        {
            if (!Currency.TryParse(transaction.Currency, out var currency)
                || !StripeAmounts.TryFromWire(transaction.Fee, currency, out var fee))
                return [];
            fees.Add(fee);
        }

        return fees.Count == 0 || fees.Any(fee => fee.Currency != fees[0].Currency)
            ? [] : [new CostLine(kind, fees.Sum(fee => fee.Amount), fees[0].Currency)];
    }
}
