using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Vonage;

/// <summary>The body that sends an SMS. https://developer.vonage.com/en/api/messages-olympus</summary>
/// <param name="To">Digits, without a plus.</param>
/// <param name="ClientRef">Given back in every receipt; at most 40 characters.</param>
/// <param name="WebhookUrl">Where the receipts of this message go, instead of the application's address.</param>
internal sealed record VonageSmsBody(string To, string From, string Text, string ClientRef, string WebhookUrl)
{
    public string Channel => "sms";

    public string MessageType => "text";

    public string WebhookVersion => "v1";

    public VonageSmsOptions? Sms { get; init; }
}

/// <summary>What India wants beside the text.</summary>
internal sealed record VonageSmsOptions(string? EntityId, string? ContentId)
{
    /// <summary>Null without either.</summary>
    public static VonageSmsOptions? Of(string? entityId, string? contentId) =>
        entityId is null && contentId is null ? null : new VonageSmsOptions(entityId, contentId);
}

internal sealed record VonageSent(string MessageUuid);

internal sealed record VonageBalance(decimal Value);

/// <param name="Type">An address that ends in <c>#</c> and the code.</param>
/// <param name="Title">In receipts the code, in answers a text.</param>
internal sealed record VonageError(string? Type = null, string? Title = null, string? Detail = null)
{
    /// <summary>Null when it names none.</summary>
    [JsonIgnore]
    public string? Code => Type?.Split('#') is [_, { Length: > 0 } code] ? code
        : Title is { Length: > 0 } title && title.All(char.IsAsciiDigit) ? title : null;
}

/// <param name="Status">Null in what somebody sent to us.</param>
internal sealed record VonageReceipt(
    string? MessageUuid = null, string? Status = null, string? ClientRef = null, VonageError? Error = null, VonageUsage? Usage = null,
    VonageParts? Sms = null);

internal sealed record VonageUsage(string? Currency = null, string? Price = null);

internal sealed record VonageParts(int? CountTotal = null);

internal sealed record VonageTokenHeader(string? Alg = null);

/// <param name="Iat">In seconds since 1970.</param>
/// <param name="PayloadHash">Hexadecimal.</param>
internal sealed record VonageClaims(long Iat, string? Iss = null, string? PayloadHash = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(VonageSmsBody))]
[JsonSerializable(typeof(VonageSent))]
[JsonSerializable(typeof(VonageBalance))]
[JsonSerializable(typeof(VonageError))]
[JsonSerializable(typeof(VonageReceipt))]
[JsonSerializable(typeof(VonageTokenHeader))]
[JsonSerializable(typeof(VonageClaims))]
internal sealed partial class VonageJson : JsonSerializerContext;
