namespace Patchbay.Connectors.Contracts;

/// <summary>About a message.</summary>
public sealed record MessageEvent(string? HubReference, MessageState State) : ProviderEvent(HubReference, State.ProviderReference)
{
    public override string Kind => "message";

    public override ITellCosts Told => State;
}

/// <summary>What a recipient lets be known of a message, beside whether it arrived.</summary>
public enum MessageFeedback
{
    /// <summary>They want no more.</summary>
    OptedOut,

    /// <summary>They called it spam.</summary>
    Complained,
}

/// <summary>A recipient's word on a message.</summary>
public sealed record MessageFeedbackEvent(string? HubReference, string? ProviderReference, MessageFeedback Feedback)
    : ProviderEvent(HubReference, ProviderReference)
{
    public override string Kind => "message_feedback";
}
