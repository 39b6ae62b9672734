using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Vonage;

/// <summary>
/// Vonage's Messages API, as far as SMS go, and the balance. A callback that failed is repeated for a day there, eight times here.
/// </summary>
internal sealed partial class VonageSandbox(SandboxWorld world) : MessageVendor(world)
{
    private const int LongestText = 1000;
    private const int LongestReference = 40;
    private const string BalancePath = "/account/get-balance";

    public override string Name => "vonage";

    protected override int Retries => 8;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("POST", "/v1/messages", Creates, Of(Create));
        routes.Map("GET", BalancePath, "balance.get", Of((_, _) =>
            Reply.Json(200, new JsonObject { ["value"] = 10.171275m, ["autoReload"] = false })));
        routes.MapRest(call => Failing(call, 404));
    }

    /// <summary>Makes the secret known that signs callbacks, which no request carries.</summary>
    public override bool Connect(IReadOnlyDictionary<string, string> credentials, Uri webhookUrl)
    {
        if (credentials.GetValueOrDefault("api_key") is not { } key || !ApiKey().IsMatch(key)
            || credentials.GetValueOrDefault("signature_secret") is not { Length: > 0 } secret)
            return false;
        Account(key).Secret = new Secret(secret);
        return true;
    }

    public override Reply Failing(Call call, int status) => call.Path == BalancePath
        ? Reply.Json(status, new JsonObject
        {
            ["error-code"] = status.ToString(CultureInfo.InvariantCulture),
            ["error-code-label"] = status == 401 ? "authentication failed" : "the request failed",
        })
        : status switch
        {
            401 => Problem(401, "unauthorized", "Unauthorized", "You did not provide correct credentials."),
            404 => Problem(404, "not-found", "Not Found", "The requested resource does not exist."),
            402 => Problem(402, "1070", "Partner quota exceeded", "Your pre-paid account does not have sufficient credit."),
            429 => Problem(429, "1000", "Throttled", "You have exceeded the submission capacity allowed on this account."),
            >= 500 => Problem(status, "1030", "Internal error", "There was an error processing your request in the Platform."),
            _ => Problem(status, "invalid-params", "Invalid params", $"The request failed with status {status}."),
        };

    protected override AccountClaim? Claim(Call call)
    {
        var (key, secret) = call.Credentials is { } given ? (given.User, given.Password)
            : call.Path == BalancePath ? (call.Query("api_key") ?? "", call.Query("api_secret") ?? "") : ("", "");
        return ApiKey().IsMatch(key) ? new AccountClaim(key, secret, Signs: false) : null;
    }

    protected override MessageOrder? Read(Call call) => call.Json is null ? null
        : new MessageOrder(call.Text("to"), call.Text("from"), call.Text("text") ?? "")
        {
            Callback = call.Text("webhook_url"), Reference = call.Text("client_ref"),
            Type = $"{call.Text("channel")} {call.Text("message_type")}",
        };

    protected override Reply? Refuse(Call call, MessageOrder? order) => order switch
    {
        null => ("1020", "Invalid params", "The body is no JSON object."),
        { To: null or "" } => ("1010", "Missing params", "to is required."),
        { From: null or "" } => ("1010", "Missing params", "from is required."),
        { Type: not "sms text" } => ("1020", "Invalid params", "channel and message_type: only sms and text are played here."),
        { Body: "" } => ("1010", "Missing params", "text is required."),
        { Body.Length: > LongestText } => ("1020", "Invalid params", "text is too long."),
        { Reference.Length: > LongestReference } => ("1020", "Invalid params", "client_ref is too long."),
        { CallbackIsValid: false } => ("1020", "Invalid params", "webhook_url is not valid."),
        _ when !Recipient().IsMatch(order.To) || CodeOf(order.To) == MagicCodes.BadRecipient =>
            ("1020", "Invalid params", "to is no number in E.164 without a plus."),
        _ => ((string Code, string Title, string Detail)?)null,
    } is var (code, title, detail) ? Problem(422, code, title, detail) : null;

    protected override string NewId(MessageOrder order) => World.Ids.Uuid();

    protected override Reply Taken(Call call, IReadOnlyList<SentMessage> messages) =>
        Reply.Json(202, new JsonObject { ["message_uuid"] = messages[0].Id });

    protected override IReadOnlyList<Receipt>? Fate(string? code, MessageOrder order, TimeSpan step) => code switch
    {
        MagicCodes.OptedOut => MessagePlans.Fails(step, 1240),
        MagicCodes.Unreachable => MessagePlans.Undelivered(step, 1180),
        MagicCodes.CarrierFails => MessagePlans.Fails(step, 1330),
        MagicCodes.NotMobile => MessagePlans.Undelivered(step, 1310),
        _ => null,
    };

    protected override HttpRequestMessage Tell(SentMessage message, Receipt receipt, int sequence, Secret? secret) =>
        VonageSignatures.Signed(
            message.Order.Callback!, VonageReceipts.Of(message, receipt), message.Account, secret, World.Now, World.Ids.Uuid());

    private Reply Problem(int status, string code, string title, string detail) => Reply.Json(status, new JsonObject
    {
        ["type"] = "https://developer.nexmo.com/api-errors/messages-olympus#" + code, ["title"] = title, ["detail"] = detail,
        ["instance"] = World.Ids.Uuid(),
    }) with { ContentType = "application/problem+json" };

    [GeneratedRegex("^[0-9A-Za-z]{8}$")]
    private static partial Regex ApiKey();

    [GeneratedRegex("^[1-9][0-9]{6,14}$")]
    private static partial Regex Recipient();
}
