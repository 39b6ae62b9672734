using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Plivo;

/// <summary>The body that sends a message. https://docs.plivo.com/docs/messaging/api/message/send-a-message</summary>
/// <param name="Src">Exactly one of this and <paramref name="PowerpackUuid"/>.</param>
/// <param name="Dst">Digits alone are always one recipient: several would be joined by <c>&lt;</c>.</param>
internal sealed record PlivoSendBody(string? Src, string? PowerpackUuid, string Dst, string Text, string Url)
{
    public string Type => "sms";

    public string Method => "POST";

    public string? DltEntityId { get; init; }

    public string? DltTemplateId { get; init; }

    public string? DltTemplateCategory { get; init; }
}

/// <param name="MessageUuid">One for each recipient.</param>
internal sealed record PlivoSent(IReadOnlyList<string> MessageUuid);

/// <summary>A message record. Its text is never given out.</summary>
/// <param name="ErrorCode">A number or a text, depending on the place it comes from.</param>
/// <param name="MessageTime"><c>yyyy-MM-dd HH:mm:ss[.ffffff]+hh:mm</c>.</param>
internal sealed record PlivoRecord(
    string MessageUuid, string? MessageState = null, int? Units = null, JsonElement? ErrorCode = null, string? MessageTime = null,
    string? TotalAmount = null);

internal sealed record PlivoRecords(PlivoPage Meta, IReadOnlyList<PlivoRecord> Objects);

/// <param name="Next">Null on the last page.</param>
internal sealed record PlivoPage(string? Next = null);

internal sealed record PlivoAccount(string? Name = null);

/// <param name="Error">Mostly a text.</param>
internal sealed record PlivoError(JsonElement? Error = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PlivoSendBody))]
[JsonSerializable(typeof(PlivoSent))]
[JsonSerializable(typeof(PlivoRecords))]
[JsonSerializable(typeof(PlivoAccount))]
[JsonSerializable(typeof(PlivoError))]
internal sealed partial class PlivoJson : JsonSerializerContext;
