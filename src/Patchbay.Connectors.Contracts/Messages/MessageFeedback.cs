namespace Patchbay.Connectors.Contracts;

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
