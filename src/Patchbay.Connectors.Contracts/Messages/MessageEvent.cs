namespace Patchbay.Connectors.Contracts;

/// <summary>About a message.</summary>
public sealed record MessageEvent(string? HubReference, MessageState State) : ProviderEvent(HubReference, State.ProviderReference)
{
    public override string Kind => "message";

    public override ITellCosts Told => State;
}
