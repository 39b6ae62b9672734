using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.WaBusiness;

/// <summary>
/// Meta's Cloud API for WhatsApp: texts and templates. A webhook that failed is repeated for a week there, eight times here.
/// </summary>
internal sealed partial class WaBusinessSandbox(SandboxWorld world) : MessageVendor(world)
{
    private const int LongestText = 4096;
    private const int LongestReference = 512;

    /// <summary>By phone number id: where its app is told.</summary>
    private readonly ConcurrentDictionary<string, string> _addresses = new(StringComparer.Ordinal);

    public override string Name => "wa_business";

    protected override int Retries => 8;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("POST", "/{version}/{number}/messages", Creates, Of(Create));
        routes.Map("GET", "/{version}/{number}", "numbers.get", Of((account, _) => Reply.Json(200, WaBusinessViews.Number(account.Id))));
        routes.MapRest(call => Failing(call, 404));
    }

    /// <summary>What one does in the app's dashboard. The address is not challenged.</summary>
    public override bool Connect(IReadOnlyDictionary<string, string> credentials, Uri webhookUrl)
    {
        if (credentials.GetValueOrDefault("phone_number_id") is not { } number || !NumberId().IsMatch(number)
            || credentials.GetValueOrDefault("app_secret") is not { Length: > 0 } secret)
            return false;
        Account(number).Secret = new Secret(secret);
        _addresses[number] = webhookUrl.OriginalString;
        return true;
    }

    /// <summary>Where the app secret is known, the proof has to be made with it.</summary>
    public override Reply? Refuse(Call call) => base.Refuse(call) ?? (
        call.Operation != VendorRoutes.Unknown && call.Query("appsecret_proof") is { } proof && call.Credentials is { } given
        && Account(call.Route("number")).Secret is { } secret && proof != WaBusinessSignatures.Proof(secret, given.User)
            ? WaBusinessViews.Error(400, 100, "Invalid appsecret_proof provided in the API argument") : null);

    public override Reply Failing(Call call, int status) => status switch
    {
        401 => WaBusinessViews.Error(401, 190, "Invalid OAuth access token", 463),
        404 => WaBusinessViews.Error(400, 100, "Unsupported get request. Object does not exist, or cannot be loaded.", 33),
        429 => WaBusinessViews.Error(429, 130429, "(#130429) Rate limit hit"),
        503 => WaBusinessViews.Error(503, 2, "(#2) Service temporarily unavailable", transient: true),
        >= 500 => WaBusinessViews.Error(status, 131000, "(#131000) Something went wrong"),
        _ => WaBusinessViews.Error(status, 100, $"(#100) The request failed with status {status}"),
    };

    protected override AccountClaim? Claim(Call call) =>
        call.Credentials is { User: { } token } && token.StartsWith("EAA", StringComparison.Ordinal)
        && NumberId().IsMatch(call.Route("number")) ? new AccountClaim(call.Route("number"), token, Signs: false) : null;

    protected override MessageOrder? Read(Call call)
    {
        if (call.Json is not { } json)
            return null;
        var text = call.Text("type") == "template" ? WaBusinessTemplates.Written(json["template"]) : (string?)json["text"]?["body"];
        return new MessageOrder(call.Text("to"), call.Route("number"), text ?? "")
        {
            Callback = _addresses.GetValueOrDefault(call.Route("number")), Reference = call.Text("biz_opaque_callback_data"),
            Type = call.Text("type"), IsWhatsApp = true,
        };
    }

    protected override Reply? Refuse(Call call, MessageOrder? order) => order switch
    {
        null => (100, "The body is no JSON object."),
        _ when call.Text("messaging_product") != "whatsapp" => (100, "The parameter messaging_product is required."),
        { Type: not ("text" or "template") } => (131051, "Message type unknown: only text and template are played here."),
        { To: null or "" } => (131008, "The parameter to is required."),
        { Type: "text", Body: "" } => (131008, "The parameter text['body'] is required."),
        { Type: "text", Body.Length: > LongestText } => (100, "Param text['body'] must be at most 4096 characters long."),
        { Type: "template" } when WaBusinessTemplates.Fault(call.Json!["template"]) is { } fault => fault,
        { Reference.Length: > LongestReference } => (100, "Param biz_opaque_callback_data must be at most 512 characters long."),
        _ when !Recipient().IsMatch(order.To) || CodeOf(order.To) == MagicCodes.BadRecipient =>
            (131009, "Parameter value is not valid: to"),
        _ => ((int Code, string Details)?)null,
    } is var (code, details) ? WaBusinessViews.Error(400, code, $"(#{code}) {details}", details: details) : null;

    protected override string NewId(MessageOrder order) => World.Ids.Letters("wamid.");

    protected override Reply Taken(Call call, IReadOnlyList<SentMessage> messages) =>
        Reply.Json(200, WaBusinessViews.Taken(messages[0]));

    protected override IReadOnlyList<Receipt>? Fate(string? code, MessageOrder order, TimeSpan step) => code switch
    {
        MagicCodes.Unreachable or MagicCodes.NotMobile => MessagePlans.Fails(step, 131026),
        MagicCodes.CarrierFails => MessagePlans.Fails(step, 131000),
        MagicCodes.OptedOut => MessagePlans.Fails(step, 131049),
        MagicCodes.OutsideWindow when order.Type == "text" => MessagePlans.Fails(step, 131047),
        _ => null,
    };

    protected override HttpRequestMessage Tell(SentMessage message, Receipt receipt, int sequence, Secret? secret) =>
        WaBusinessSignatures.Signed(message.Order.Callback!, WaBusinessViews.Webhook(message, receipt), secret);

    [GeneratedRegex("^[0-9]+$")]
    private static partial Regex NumberId();

    /// <summary>A plus, and what people write between digits, are passed over.</summary>
    [GeneratedRegex(@"^\+?[1-9][0-9 ()-]{6,20}$")]
    private static partial Regex Recipient();
}
