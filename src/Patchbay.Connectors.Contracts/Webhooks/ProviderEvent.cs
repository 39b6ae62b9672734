namespace Patchbay.Connectors.Contracts;

/// <summary>One fact that a webhook reports about something the hub started.</summary>
/// <param name="HubReference">The hub's id that the provider echoed; null when it did not.</param>
/// <param name="ProviderReference">The provider's id of the subject; null when the event does not carry one.</param>
public abstract record ProviderEvent(string? HubReference, string? ProviderReference)
{
    private const long EndOfTime = 253_402_300_800;

    /// <summary>What it is about, in a word for people, for example <c>payment</c>.</summary>
    public virtual string Kind => "subject";

    /// <summary>The state that it carries, where that may tell costs; else null.</summary>
    public virtual ITellCosts? Told => null;

    /// <summary>The same, with when it was so by the provider's clock, where the state that it carries has that.</summary>
    public virtual ProviderEvent At(DateTimeOffset? at) => this;

    /// <param name="unixSeconds">What is no time is passed over.</param>
    public ProviderEvent At(long? unixSeconds) =>
        unixSeconds is >= 0 and < EndOfTime and var seconds ? At(DateTimeOffset.FromUnixTimeSeconds(seconds)) : this;
}

/// <summary>An event for another account or mode than the integration's: shown as ignored, and moves nothing.</summary>
/// <param name="Reason">Whose it is and whose was expected, for an operator.</param>
public sealed record ForeignEvent(string Reason) : ProviderEvent(null, null);

/// <summary>A status or body that the connector's map does not know: kept and shown until a newer map does.</summary>
/// <param name="Reason">What was not understood, for an operator.</param>
public sealed record UnmappedEvent(string Reason) : ProviderEvent(null, null);
