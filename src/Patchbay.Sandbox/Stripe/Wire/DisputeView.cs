namespace Patchbay.Sandbox.Stripe.Wire;

/// <summary>A dispute just opened, as Stripe writes it.</summary>
internal sealed record DisputeView(
    string Id, long Amount, string Currency, long Created, bool Livemode, string Charge, string PaymentIntent)
{
    public string Object => "dispute";

    public IReadOnlyList<string> BalanceTransactions => [];

    public bool IsChargeRefundable => false;

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public string Reason => "fraudulent";

    public string Status => "needs_response";
}
