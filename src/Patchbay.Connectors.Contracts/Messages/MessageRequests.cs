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

/// <summary>What a provider says of a message.</summary>
/// <param name="ProviderReference">The provider's id of the message.</param>
/// <param name="Segments">Null when not told.</param>
public sealed record MessageState(
    string ProviderReference, MessageStatus Status, int? Segments = null, string? FailureCode = null, string? FailureMessage = null);

/// <summary>The address a provider calls about one message.</summary>
public static class MessageCallback
{
    public const string ReferenceField = "ref";

    /// <summary>The integration's webhook address with the message's id as <c>ref</c>.</summary>
    public static Uri For(Connection connection, string messageId) =>
        new(connection.WebhookUrl + "?" + ReferenceField + "=" + Uri.EscapeDataString(messageId));
}
