using System.Text.Json.Serialization;

namespace Patchbay.Connectors.SendGrid;

/// <summary>The body that sends an e-mail. https://docs.sendgrid.com/api-reference/mail-send</summary>
/// <param name="Content">Text before HTML.</param>
internal sealed record SendGridMail(
    IReadOnlyList<SendGridPersonalization> Personalizations, SendGridAddress From, string Subject, IReadOnlyList<SendGridContent> Content)
{
    public SendGridAddress? ReplyTo { get; init; }
}

internal sealed record SendGridPersonalization(IReadOnlyList<SendGridAddress> To, SendGridArguments CustomArgs);

/// <summary>Given back with every event of the message, beside SendGrid's own fields.</summary>
internal sealed record SendGridArguments(string HubReference);

internal sealed record SendGridAddress(string Email, string? Name = null);

internal sealed record SendGridContent(string Type, string Value);

internal sealed record SendGridScopes(IReadOnlyList<string> Scopes);

internal sealed record SendGridErrors(IReadOnlyList<SendGridError>? Errors = null);

/// <param name="Field">Null, or the text <c>null</c>, when it is about no field.</param>
internal sealed record SendGridError(string? Message = null, string? Field = null);

/// <param name="HubReference">Null for a message that the hub did not send.</param>
/// <param name="Type">Of a bounce: <c>bounce</c> or <c>blocked</c>.</param>
/// <param name="Status">Of a bounce: the mail server's code, such as 5.1.1.</param>
internal sealed record SendGridEvent(
    string? Event = null, string? SgMessageId = null, string? HubReference = null, string? Type = null, string? Status = null,
    string? Reason = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SendGridMail))]
[JsonSerializable(typeof(SendGridScopes))]
[JsonSerializable(typeof(SendGridErrors))]
[JsonSerializable(typeof(SendGridEvent[]))]
internal sealed partial class SendGridJson : JsonSerializerContext;
