using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.WaBusiness;

/// <summary>The body that sends a message. https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages</summary>
/// <param name="To">Digits, without a plus.</param>
/// <param name="BizOpaqueCallbackData">
/// Given back with every status; at most 512 characters. Meta's OpenAPI file has it for calls only, its reference for messages, too.
/// </param>
internal sealed record WaBusinessBody(string To, string Type, string BizOpaqueCallbackData)
{
    public string MessagingProduct => "whatsapp";

    public string RecipientType => "individual";

    public WaBusinessText? Text { get; init; }

    public WaBusinessTemplate? Template { get; init; }
}

internal sealed record WaBusinessText(string Body)
{
    public bool PreviewUrl => false;
}

internal sealed record WaBusinessTemplate(string Name, WaBusinessLanguage Language)
{
    /// <summary>Null without values: an empty list of parameters is refused.</summary>
    public IReadOnlyList<WaBusinessComponent>? Components { get; init; }
}

internal sealed record WaBusinessLanguage(string Code)
{
    public string Policy => "deterministic";
}

internal sealed record WaBusinessComponent(IReadOnlyList<WaBusinessParameter> Parameters)
{
    public string Type => "body";
}

/// <param name="ParameterName">Null where placeholders have numbers.</param>
internal sealed record WaBusinessParameter(string Text, string? ParameterName = null)
{
    public string Type => "text";
}

internal sealed record WaBusinessSent(IReadOnlyList<WaBusinessSentMessage> Messages);

internal sealed record WaBusinessSentMessage(string Id, string? MessageStatus = null);

internal sealed record WaBusinessNumber(string Id, string? DisplayPhoneNumber = null, string? VerifiedName = null);

internal sealed record WaBusinessRefusal(WaBusinessError Error);

/// <summary>Of an answer or of a status, which has a title.</summary>
internal sealed record WaBusinessError(
    int? Code = null, int? ErrorSubcode = null, string? Title = null, string? Message = null, string? ErrorUserMsg = null,
    bool? IsTransient = null, WaBusinessErrorData? ErrorData = null);

internal sealed record WaBusinessErrorData(string? Details = null);

internal sealed record WaBusinessWebhook(IReadOnlyList<WaBusinessEntry>? Entry = null);

internal sealed record WaBusinessEntry(IReadOnlyList<WaBusinessChange>? Changes = null);

internal sealed record WaBusinessChange(string? Field = null, WaBusinessValue? Value = null);

/// <param name="Messages">What people wrote, unread.</param>
internal sealed record WaBusinessValue(
    WaBusinessMetadata? Metadata = null, JsonElement? Messages = null, IReadOnlyList<WaBusinessStatus>? Statuses = null);

internal sealed record WaBusinessMetadata(string? PhoneNumberId = null);

internal sealed record WaBusinessStatus(
    string? Id = null, string? Status = null, string? BizOpaqueCallbackData = null, IReadOnlyList<WaBusinessError>? Errors = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WaBusinessBody))]
[JsonSerializable(typeof(WaBusinessSent))]
[JsonSerializable(typeof(WaBusinessNumber))]
[JsonSerializable(typeof(WaBusinessRefusal))]
[JsonSerializable(typeof(WaBusinessWebhook))]
internal sealed partial class WaBusinessJson : JsonSerializerContext;
