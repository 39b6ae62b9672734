using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Twilio;

/// <summary>A Message, as far as the hub reads it. https://www.twilio.com/docs/messaging/api/message-resource</summary>
internal sealed record TwilioSentMessage
{
    public required string Sid { get; init; }

    public string? Status { get; init; }

    public string? Body { get; init; }

    public string? Direction { get; init; }

    /// <summary>A number written as text; 0 until a messaging service picked the sender.</summary>
    public string? NumSegments { get; init; }

    /// <summary>Below zero is a charge; null until it was sent, and for a while after.</summary>
    public string? Price { get; init; }

    public string? PriceUnit { get; init; }

    public int? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>RFC 2822, to the second.</summary>
    public string? DateCreated { get; init; }
}

internal sealed record TwilioMessageList
{
    public required IReadOnlyList<TwilioSentMessage> Messages { get; init; }

    /// <summary>Null on the last page.</summary>
    public string? NextPageUri { get; init; }
}

internal sealed record TwilioAccount
{
    public string? FriendlyName { get; init; }

    public string? Status { get; init; }
}

/// <summary>https://www.twilio.com/docs/usage/twilios-response</summary>
internal sealed record TwilioError
{
    public int? Code { get; init; }

    public string? Message { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TwilioSentMessage))]
[JsonSerializable(typeof(TwilioMessageList))]
[JsonSerializable(typeof(TwilioAccount))]
[JsonSerializable(typeof(TwilioError))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class TwilioJson : JsonSerializerContext;
