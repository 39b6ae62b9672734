namespace Patchbay.Connectors.Contracts;

/// <summary>About a payment.</summary>
public sealed record PaymentEvent(string? HubReference, PaymentState State) : ProviderEvent(HubReference, State.ProviderReference)
{
    public override string Kind => "payment";
}

/// <summary>About a refund. It may also have been made outside the hub; then only the payment's total tells of it.</summary>
public sealed record RefundEvent(string? HubReference, RefundState State) : ProviderEvent(HubReference, State.ProviderReference)
{
    public override string Kind => "refund";
}
