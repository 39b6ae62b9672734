using System.Text.Json;
using System.Text.Json.Serialization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Tests.Kit;

internal sealed record FerryDock(string Name);

/// <param name="Toll">What the dock keeps, in euros; null until it is paid.</param>
internal sealed record FerryCrossing(string Id, string Status, string? Toll);

internal sealed record FerryHook(string Id, string? Secret);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FerryDock))]
[JsonSerializable(typeof(FerryCrossing))]
[JsonSerializable(typeof(FerryHook))]
internal sealed partial class FerryJson : JsonSerializerContext;

/// <summary>A provider that exists only here: its API is called with access tokens, and its webhooks say next to nothing.</summary>
[Provider("ferry")]
internal sealed class Ferry(ProviderHttp http) : IVerifyCredentials, IInitiatePayment, IVerifyPayment, IRegisterWebhooks
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Get, "dock");
        return (await http.SendAsync(message, FerryJson.Default.FerryDock, Classify, cancellationToken))
            .Map(dock => new AccountInfo(dock.Name));
    }

    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Post, "crossings", ("reference", request.PaymentId), ("dock", connection.Value("dock")));
        return (await http.SendAsync(message, FerryJson.Default.FerryCrossing, Classify, cancellationToken)).Map(StateOf);
    }

    public async Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Get, "crossings/" + payment.ProviderReference);
        return (await http.SendAsync(message, FerryJson.Default.FerryCrossing, Classify, cancellationToken)).Map(StateOf);
    }

    public async Task<Result<WebhookRegistration, ProviderFailure>> RegisterWebhookAsync(
        WebhookTopics topics, Connection connection, CancellationToken cancellationToken)
    {
        using var message = Message(
            HttpMethod.Post, "hooks", ("url", connection.WebhookUrl.ToString()), ("events", string.Join(' ', topics.Events)));
        return (await http.SendAsync(message, FerryJson.Default.FerryHook, Classify, cancellationToken))
            .Map(hook => new WebhookRegistration(hook.Id, new Secret(hook.Secret!)));
    }

    public async Task<Result<WebhookReference, ProviderFailure>> RemoveWebhookAsync(
        WebhookReference webhook, Connection connection, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Delete, "hooks/" + webhook.Reference);
        return (await http.SendAsync(message, Classify, cancellationToken)).Map(_ => webhook);
    }

    private static PaymentState StateOf(FerryCrossing crossing) =>
        new(crossing.Id, crossing.Status == "paid" ? PaymentStatus.Succeeded : PaymentStatus.Processing)
        {
            Costs = CostLine.Read("fee", crossing.Toll, "EUR"),
        };

    private static ProviderFailure Classify(ProviderReply reply) => HttpFailures.Classify(reply, null, null);

    private static HttpRequestMessage Message(HttpMethod method, string path, params (string Name, string Value)[] fields) =>
        new(method, path)
        {
            Content = fields.Length == 0
                ? null : new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
}

/// <summary>Their bodies are <c>{"dock": "north", "crossing": "c_1"}</c>; the dock's office challenges an address by GET.</summary>
[Provider("ferry")]
internal sealed class FerryWebhooks : IReceiveWebhooks
{
    public static string Sign(string secret, string body) =>
        Convert.ToHexStringLower(Signatures.HmacSha256(new Secret(secret), body));

    public bool IsGenuine(WebhookRequest request, Connection connection) => request.Header("X-Ferry-Signature") is { } given
        && connection.LiveSecrets("hook_secret").Any(
            secret => Signatures.SameHex(Signatures.HmacSha256(secret, request.Body.Span), given));

    public string? EventId(WebhookRequest request) => null;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection) =>
        Field(request, "crossing") is { } crossing
            ? [new PaymentHint(null, crossing)] : [new UnmappedEvent("It names no crossing.")];

    public WebhookAnswer? Challenge(WebhookRequest request, Connection connection) =>
        request.Method == "GET" && request.Query().Find("dock") == connection.Value("dock") && request.Query().Find("echo") is { } echo
            ? WebhookAnswer.Text(echo) : null;

    public WebhookAnswer Acknowledge(WebhookRequest request, Connection connection) => WebhookAnswer.Text("[accepted]") with
    {
        Headers = new Dictionary<string, string> { ["X-Ferry-Answer"] = connection.Value("dock") },
    };

    public IReadOnlyCollection<string> AccountsOf(WebhookRequest request) =>
        (request.Method == "GET" ? request.Query().Find("dock") : Field(request, "dock")) is { } dock ? [dock] : [];

    private static string? Field(WebhookRequest request, string name)
    {
        try
        {
            return JsonDocument.Parse(request.Body).RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
