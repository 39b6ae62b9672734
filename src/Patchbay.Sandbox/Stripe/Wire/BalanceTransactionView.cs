namespace Patchbay.Sandbox.Stripe.Wire;

/// <summary>What something did to the account's balance, as Stripe writes it.</summary>
/// <param name="Amount">In the currency in which the account is settled, as the fee is.</param>
internal sealed record BalanceTransactionView(string Id, long Amount, long Fee, string Currency, string Type, string Source, long Created)
{
    public string Object => "balance_transaction";

    public long AvailableOn => Created;

    /// <summary>Null where the customer paid in the same currency.</summary>
    public decimal? ExchangeRate { get; init; }

    public long Net => Amount - Fee;

    public string ReportingCategory => Type;

    public string Status => "available";
}
