namespace Patchbay.Connectors.Contracts;

/// <summary>About a payout.</summary>
public sealed record PayoutEvent(string? HubReference, PayoutState State) : ProviderEvent(HubReference, State.ProviderReference)
{
    public override string Kind => "payout";

    public override ITellCosts Told => State;
}

/// <summary>As <see cref="PaymentHint"/>, about a payout.</summary>
public sealed record PayoutHint(string? HubReference, string? ProviderReference) : ProviderEvent(HubReference, ProviderReference)
{
    public override string Kind => "payout";
}
