namespace Patchbay.Connectors.Contracts;

/// <summary>About a payment.</summary>
public sealed record PaymentEvent(string? HubReference, PaymentState State) : ProviderEvent(HubReference, State.ProviderReference)
{
    public override string Kind => "payment";

    public override ITellCosts Told => State;

    public override ProviderEvent At(DateTimeOffset? at) => this with { State = State with { At = at } };
}

/// <summary>About a refund. It may also have been made outside the hub; then only the payment's total tells of it.</summary>
public sealed record RefundEvent(string? HubReference, RefundState State) : ProviderEvent(HubReference, State.ProviderReference)
{
    public override string Kind => "refund";

    public override ITellCosts Told => State;

    public override ProviderEvent At(DateTimeOffset? at) => this with { State = State with { At = at } };
}

/// <summary>
/// Something happened to a payment, and the provider says no more, or cannot be believed: it is asked how the payment and its refunds
/// stand, and that moves them.
/// </summary>
public sealed record PaymentHint(string? HubReference, string? ProviderReference) : ProviderEvent(HubReference, ProviderReference)
{
    public override string Kind => "payment";
}

/// <summary>As <see cref="PaymentHint"/>, about a refund.</summary>
public sealed record RefundHint(string? HubReference, string? ProviderReference) : ProviderEvent(HubReference, ProviderReference)
{
    public override string Kind => "refund";
}
