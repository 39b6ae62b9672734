using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Messages;

/// <summary>A message as the API shows it.</summary>
/// <param name="Body">Null for templates, and for e-mails in lists and events, as <c>body_html</c> is there.</param>
/// <param name="Segments">What will be billed: estimated from the text before sending, the provider's count once it tells. Null for
/// templates and e-mails.</param>
/// <param name="Encoding"><c>gsm7</c> or <c>ucs2</c>; null for all but SMS.</param>
/// <param name="FailureReason">Why it failed, in a word that is the same for all providers; null unless it failed.</param>
/// <param name="FailureCode">The same in the provider's, or the hub's, word.</param>
public sealed record MessageView(
    MessageId Id, IntegrationMode Mode, MessageChannel Channel, MessageStatus Status, string To, string? From, string? Body,
    string? Subject, string? BodyHtml, string? ReplyTo, WhatsAppTemplate? Template, int? Segments, string? Encoding,
    IntegrationId IntegrationId, string? ProviderReference,
    FailureReason? FailureReason, string? FailureCode, string? FailureMessage, string? CustomerId, string? EventType,
    IReadOnlyDictionary<string, string> Metadata, DateTimeOffset? ScheduledAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>In lists and events: e-mails without what they say, which may be long.</summary>
    public static MessageView Brief(Message message) => Of(message).InBrief();

    /// <inheritdoc cref="Brief"/>
    internal MessageView InBrief() => Channel == MessageChannel.Email ? this with { Body = null, BodyHtml = null } : this;

    public static MessageView Of(Message message) =>
        Of(message, JsonSerializer.Deserialize<MessageDetails>(message.Details, HubJson.Stored)!);

    /// <param name="details">Those of the message, already read.</param>
    public static MessageView Of(Message message, MessageDetails details) => new(
        message.Id, message.Mode, message.Channel, message.Status, message.To, message.From, message.Body,
        details.Email?.Subject, details.Email?.Html, details.Email?.ReplyTo, details.Template,
        message.Segments,
        message is { Channel: MessageChannel.Sms, Body: { } body } ? SmsText.Of(body).Encoding : null,
        message.IntegrationId, message.ProviderReference, message.FailureReason, message.FailureCode, message.FailureMessage,
        details.CustomerId, details.EventType, details.Metadata, details.ScheduledAt, message.CreatedAt, message.UpdatedAt);
}
