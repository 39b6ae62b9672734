namespace Patchbay.Sandbox.Stripe.Wire;

internal sealed record BalanceView(bool Livemode, IReadOnlyList<BalanceAmountView> Available, IReadOnlyList<BalanceAmountView> Pending)
{
    public string Object => "balance";
}

internal sealed record BalanceAmountView(long Amount, string Currency);
