using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Plivo;

/// <summary>The body that sends a message. https://docs.plivo.com/docs/messaging/api/message/send-a-message</summary>
internal sealed record PlivoSendBody
{
    /// <summary>Exactly one of this and <see cref="PowerpackUuid"/>.</summary>
    public string? Src { get; init; }

    public string? PowerpackUuid { get; init; }

    public required string Dst { get; init; }

    public required string Text { get; init; }

    public string Type { get; init; } = "sms";

    public required string Url { get; init; }

    public string Method { get; init; } = "POST";

    public string? DltEntityId { get; init; }

    public string? DltTemplateId { get; init; }

    public string? DltTemplateCategory { get; init; }
}

internal sealed record PlivoSent
{
    /// <summary>One for each recipient.</summary>
    public required IReadOnlyList<string> MessageUuid { get; init; }
}

/// <summary>A message record. Its text is never given out.</summary>
internal sealed record PlivoRecord
{
    public required string MessageUuid { get; init; }

    public string? MessageState { get; init; }

    public int? Units { get; init; }

    public string? ToNumber { get; init; }

    /// <summary>A number or a text, depending on the place it comes from.</summary>
    public JsonElement? ErrorCode { get; init; }

    /// <summary><c>yyyy-MM-dd HH:mm:ss[.ffffff]+hh:mm</c>.</summary>
    public string? MessageTime { get; init; }
}

internal sealed record PlivoRecords
{
    public required PlivoPage Meta { get; init; }

    public required IReadOnlyList<PlivoRecord> Objects { get; init; }
}

internal sealed record PlivoPage
{
    /// <summary>Null on the last page.</summary>
    public string? Next { get; init; }
}

internal sealed record PlivoAccount
{
    public string? Name { get; init; }
}

internal sealed record PlivoError
{
    /// <summary>Mostly a text.</summary>
    public JsonElement? Error { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PlivoSendBody))]
[JsonSerializable(typeof(PlivoSent))]
[JsonSerializable(typeof(PlivoRecords))]
[JsonSerializable(typeof(PlivoAccount))]
[JsonSerializable(typeof(PlivoError))]
internal sealed partial class PlivoJson : JsonSerializerContext;
