using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Providers;

/// <summary>A connector that nothing outside this folder knows of.</summary>
[Provider("pigeon")]
internal sealed class Pigeon(ProviderHttp http) : IVerifyCredentials, ISendSms, ILookUpMessage
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        using var message = Request(HttpMethod.Get, "loft", connection);
        return (await http.SendAsync(message, PigeonJson.Default.PigeonLoft, Classify, cancellationToken)).Map(
            loft => new AccountInfo(loft.Name));
    }

    public async Task<Result<MessageState, ProviderFailure>> SendSmsAsync(
        SmsRequest request, Connection connection, CancellationToken cancellationToken)
    {
        using var message = Request(HttpMethod.Post, "flights", connection);
        message.Content = JsonContent.Create(
            new PigeonOrder(request.To.Value, request.Body, MessageCallback.For(connection, request.MessageId).AbsoluteUri),
            PigeonJson.Default.PigeonOrder);
        return (await http.SendAsync(message, PigeonJson.Default.PigeonFlight, Classify, cancellationToken)).Map(State);
    }

    public async Task<Result<IReadOnlyList<MessageState>, ProviderFailure>> LookUpMessageAsync(
        MessageSearch search, Connection connection, CancellationToken cancellationToken)
    {
        using var message = Request(HttpMethod.Get, $"flights?to={Uri.EscapeDataString(search.To.Value)}", connection);
        var flights = await http.SendAsync(message, PigeonJson.Default.PigeonFlights, Classify, cancellationToken);
        return flights.Map(found => search.Candidates(found.Flights, flight => flight.LeftAt, flight => flight.Text == search.Body, State));
    }

    public static MessageStatus? Status(string word) => word switch
    {
        "hatched" => MessageStatus.Queued,
        "sent" => MessageStatus.Sent,
        "delivered" => MessageStatus.Delivered,
        "failed" => MessageStatus.Failed,
        "undelivered" => MessageStatus.Undelivered,
        _ => null,
    };

    private static MessageState State(PigeonFlight flight) => new(flight.Bird, Status(flight.State) ?? MessageStatus.Queued);

    private static ProviderFailure Classify(ProviderReply reply) => HttpFailures.Classify(reply, null, null);

    private static HttpRequestMessage Request(HttpMethod method, string path, Connection connection) =>
        new(method, path) { Headers = { Authorization = new("Bearer", connection.Secret("whistle").Reveal()) } };
}

[Provider("pigeon")]
internal sealed class PigeonWebhooks : IReceiveWebhooks
{
    private static readonly ErrorCodes Codes = new() { { "7", FailureReason.Unreachable, "A hawk." } };

    public bool IsGenuine(WebhookRequest request, Connection connection) => request.Header("X-Feather") is { } feather
        && Signatures.Any(
            connection.LiveSecrets("whistle"), key => Signatures.HmacSha256(key, request.Body.Span), [feather], Signatures.SameHex);

    public string? EventId(WebhookRequest request) => Arrival(request) is { } arrival ? $"{arrival.Bird}:{arrival.State}" : null;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        if (Arrival(request) is not { } arrival)
            return [];
        return Pigeon.Status(arrival.State) is { } status
            ? [new MessageEvent(MessageCallback.Reference(request), new MessageState(arrival.Bird, status).Because(arrival.Code, Codes))]
            : [new UnmappedEvent($"Unknown state '{arrival.State}'.")];
    }

    private static PigeonFlight? Arrival(WebhookRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, PigeonJson.Default.PigeonFlight);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record PigeonLoft(string Name);

internal sealed record PigeonOrder(string To, string Text, string Tell);

internal sealed record PigeonFlight(string Bird, string State, string? Text = null, DateTimeOffset? LeftAt = null, string? Code = null);

internal sealed record PigeonFlights(IReadOnlyList<PigeonFlight> Flights);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PigeonLoft))]
[JsonSerializable(typeof(PigeonOrder))]
[JsonSerializable(typeof(PigeonFlight))]
[JsonSerializable(typeof(PigeonFlights))]
internal sealed partial class PigeonJson : JsonSerializerContext;
