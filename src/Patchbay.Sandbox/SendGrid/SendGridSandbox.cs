using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.SendGrid;

/// <summary>SendGrid's Mail Send, as far as text and HTML to one recipient go, and the scopes of a key. Each event is told alone.</summary>
internal sealed partial class SendGridSandbox(SandboxWorld world) : MessageVendor(world)
{
    private const int Longest = 1_000_000;

    private readonly ConcurrentDictionary<string, Uri> _webhooks = new(StringComparer.Ordinal);

    public override string Name => "sendgrid";

    protected override int Retries => 8;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("POST", "/v3/mail/send", Creates, Of(Create));
        routes.Map("GET", "/v3/scopes", "scopes.get", Of((_, _) =>
            Reply.Json(200, new JsonObject { ["scopes"] = new JsonArray("mail.send", "mail.batch.create") })));
        routes.MapRest(call => Failing(call, 404));
    }

    /// <summary>The account's one webhook address.</summary>
    public override bool Connect(IReadOnlyDictionary<string, string> credentials, Uri webhookUrl)
    {
        if (!ApiKey().IsMatch(credentials.GetValueOrDefault("api_key") ?? ""))
            return false;
        _webhooks[AccountOf(credentials["api_key"])] = webhookUrl;
        return true;
    }

    public override Reply Failing(Call call, int status) => status switch
    {
        401 => Refusal(401, "authorization required"),
        404 => Refusal(404, "not found"),
        429 => Refusal(429, "too many requests"),
        >= 500 => Refusal(status, "internal error"),
        _ => Refusal(status, "the request failed"),
    };

    protected override AccountClaim? Claim(Call call) => call.Credentials is { User: var key } && ApiKey().IsMatch(key)
        ? new AccountClaim(AccountOf(key), key, Signs: false) : null;

    protected override MessageOrder? Read(Call call)
    {
        if (call.Json is not { } mail)
            return null;
        var personal = mail["personalizations"]?[0];
        return new MessageOrder(
            personal?["to"]?[0]?["email"]?.GetValue<string>(), mail["from"]?["email"]?.GetValue<string>(),
            mail["content"]?[0]?["value"]?.GetValue<string>() ?? "")
        {
            Callback = call.Credentials is { User: var key } ? _webhooks.GetValueOrDefault(AccountOf(key))?.AbsoluteUri : null,
            Reference = personal?["custom_args"]?["hub_reference"]?.GetValue<string>(),
            Type = mail["content"]?[0]?["type"]?.GetValue<string>(), Service = mail["subject"]?.GetValue<string>(),
        };
    }

    protected override Reply? Refuse(Call call, MessageOrder? order) => order switch
    {
        null => Refusal(400, "Bad Request"),
        { To: null or "" } => Refusal(400, "The to array is required for all personalization objects.", "personalizations.0.to"),
        { From: null or "" } => Refusal(400, "The from object must be provided.", "from.email"),
        { Service: null or "" } => Refusal(400, "The subject is required.", "subject"),
        { Body: "" } => Refusal(400, "The content value must be a string at least one character in length.", "content.0.value"),
        { Type: not "text/plain" } when call.Json!["content"]!.AsArray().Count > 1 =>
            Refusal(400, "text/plain must come before text/html.", "content"),
        { Body.Length: > Longest } => Refusal(413, "Payload too large"),
        _ when !Address().IsMatch(order.To) || CodeOf(order.To) == MagicCodes.BadRecipient =>
            Refusal(400, "Does not contain a valid address.", "personalizations.0.to.0.email"),
        _ => null,
    };

    protected override string NewId(MessageOrder order) => World.Ids.Uuid()[..22];

    protected override Reply Taken(Call call, IReadOnlyList<SentMessage> messages) =>
        new(202, ReadOnlyMemory<byte>.Empty) { Header = ("X-Message-Id", messages[0].Id) };

    protected override IReadOnlyList<Receipt>? Fate(string? code, MessageOrder order, TimeSpan step) => code switch
    {
        MagicCodes.OptedOut => MessagePlans.Fails(step, SendGridEvents.Unsubscribed),
        MagicCodes.Unreachable => MessagePlans.Undelivered(step, SendGridEvents.Blocked),
        MagicCodes.CarrierFails => MessagePlans.Fails(step, SendGridEvents.SpamContent),
        MagicCodes.NotMobile => MessagePlans.Undelivered(step, SendGridEvents.NoSuchMailbox),
        MagicCodes.OutsideWindow => [.. MessagePlans.Arrives(step, isRead: false), new Receipt(step * 3, "spamreport")],
        _ => null,
    };

    protected override HttpRequestMessage Tell(SentMessage message, Receipt receipt, int sequence, Secret? secret) =>
        SendGridEvents.Signed(message, receipt, World.Now, World.Ids.Uuid(), isForged: secret is not null);

    private static Reply Refusal(int status, string message, string? field = null) => Reply.Json(status, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject { ["message"] = message, ["field"] = field, ["help"] = null }),
    });

    private static string AccountOf(string key) => key.Split('.')[1];

    [GeneratedRegex(@"^SG\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$")]
    private static partial Regex ApiKey();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex Address();
}
