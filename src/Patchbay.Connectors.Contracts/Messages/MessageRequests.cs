namespace Patchbay.Connectors.Contracts;

/// <summary>An SMS to send.</summary>
/// <param name="MessageId">The hub's id (<c>msg_...</c>), to be echoed in status callbacks (see <see cref="MessageCallback"/>).</param>
/// <param name="From">E.164, short code or alphanumeric sender; null takes the integration's own sender.</param>
/// <param name="Body">1 to 1600 characters.</param>
public sealed record SmsRequest(string MessageId, PhoneNumber To, string? From, string Body);

/// <summary>A WhatsApp message: either free text (within 24 hours of the recipient's last message) or an approved template.</summary>
/// <param name="Body">Null when a template is used.</param>
/// <param name="Template">Null when free text is sent.</param>
public sealed record WhatsAppRequest(string MessageId, PhoneNumber To, string? From, string? Body, WhatsAppTemplate? Template);

/// <summary>An approved template with its variables.</summary>
/// <param name="Name">The provider's name or id of the template (at Twilio the content SID).</param>
/// <param name="Language">For example <c>en_US</c>; null takes the template's own.</param>
/// <param name="Data">Placeholder to text, as the template names them.</param>
public sealed record WhatsAppTemplate(string Name, string? Language, IReadOnlyDictionary<string, string> Data);

/// <summary>An e-mail to send.</summary>
/// <param name="MessageId">The hub's id (<c>msg_...</c>), to be given back when the provider tells of the message.</param>
/// <param name="To">An address alone; a domain in other than Latin letters is in Punycode.</param>
/// <param name="From">An address alone; null takes the integration's own sender.</param>
/// <param name="ReplyTo">An address alone; null for none.</param>
/// <param name="Subject">1 to 500 characters, none of them a control character.</param>
/// <param name="Text">Never empty: what people read who see no HTML.</param>
/// <param name="Html">Null for a message of text alone.</param>
public sealed record EmailRequest(
    string MessageId, string To, string? From, string? ReplyTo, string Subject, string Text, string? Html);

/// <summary>What a provider says of a message.</summary>
/// <param name="ProviderReference">The provider's id of the message.</param>
/// <param name="Segments">Null when not told.</param>
public sealed record MessageState(string ProviderReference, MessageStatus Status, int? Segments = null, FailureDetail? Failure = null)
    : ITellCosts, ITellFailure
{
    /// <summary>Of kind <c>message</c>; empty when this answer does not tell.</summary>
    public IReadOnlyList<CostLine> Costs { get; init; } = [];

    /// <summary>
    /// With the provider's code, and what it means, when the message did not arrive; else as it is. Suppressed when the code says that the
    /// recipient opted out.
    /// </summary>
    /// <param name="code">Null or empty for none.</param>
    /// <param name="text">What the provider says of it; null takes what the table says.</param>
    public MessageState Because(string? code, ErrorCodes codes, string? text = null)
    {
        if (code is not { Length: > 0 } || Status is not (MessageStatus.Failed or MessageStatus.Undelivered or MessageStatus.Bounced))
            return this;
        var failure = codes.Explain(code, text);
        return this with { Status = failure.Reason == FailureReason.OptedOut ? MessageStatus.Suppressed : Status, Failure = failure };
    }
}
