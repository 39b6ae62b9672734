using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Plivo;

/// <summary>Plivo's Message API. How often it repeats a callback is not documented: three times here.</summary>
internal sealed partial class PlivoSandbox(SandboxWorld world) : MessageVendor(world)
{
    private const int LongestText = 1600;
    private const int LongestPage = 20;
    private const string Rate = "0.00550";

    public override string Name => "plivo";

    protected override int Retries => 3;

    public override void Map(VendorRoutes routes)
    {
        const string Account = "/v1/Account/{account}/";
        routes.Map("GET", Account, "account.get", Of((account, _) => Answer(200, new JsonObject
        {
            ["auth_id"] = account.Id, ["account_type"] = "standard", ["billing_mode"] = "prepaid", ["cash_credits"] = "100.00000",
            ["name"] = "Sandbox account", ["timezone"] = "UTC",
        })));
        routes.Map("POST", Account + "Message/", Creates, Of(Create));
        routes.Map("GET", Account + "Message/", "messages.list", Of(List));
        routes.Map("GET", Account + "Message/{uuid}/", "messages.get", Of((account, call) =>
            account.Messages.Find(call.Route("uuid")) is { } message ? Answer(200, View(message)) : Error(404, "not found")));
        routes.MapRest(_ => Error(404, "not found"));
    }

    // Routing takes a path with and without its last slash; Plivo does not.
    public override Reply? Refuse(Call call) =>
        call.Operation != VendorRoutes.Unknown && !call.Path.EndsWith('/') ? Error(404, "not found") : base.Refuse(call);

    public override Reply Failing(Call call, int status) => status switch
    {
        401 => Error(401, "Could not verify your access level for that URL. You have to login with proper credentials")
            with { Challenge = "Basic realm=\"Login Required\"" },
        429 => Error(429, "too many requests"),
        >= 500 => Error(status, "internal server error"),
        _ => Error(status, $"the request failed with status {status}"),
    };

    protected override AccountClaim? Claim(Call call) =>
        call.Credentials is { } given && given.User == call.Route("account") && AuthId().IsMatch(given.User)
            ? new(given.User, given.Password) : null;

    protected override MessageOrder? Read(Call call) => call.Json is null ? null
        : new MessageOrder(call.Text("dst"), call.Text("src")?.TrimStart('+'), call.Text("text") ?? "")
        {
            Callback = call.Text("url"), Method = call.Text("method"), Service = call.Text("powerpack_uuid"),
            Type = call.Text("type"), IsWhatsApp = call.Text("type") == "whatsapp",
        };

    protected override IEnumerable<string> Recipients(MessageOrder order) =>
        order.To!.Split('<', StringSplitOptions.RemoveEmptyEntries).Select(recipient => recipient.TrimStart('+'));

    protected override Reply? Refuse(Call call, MessageOrder? order) => order switch
    {
        null => "invalid json",
        { To: null or "" } => "dst is a required parameter",
        _ when string.IsNullOrEmpty(order.From) == string.IsNullOrEmpty(order.Service) =>
            "exactly one of src and powerpack_uuid is required",
        { Type: not (null or "sms" or "mms" or "whatsapp") } => $"type {order.Type} is not valid",
        { Body: "", Type: null or "sms" } => "text is a required parameter",
        { Body.Length: > LongestText } => "text is too long",
        { CallbackIsValid: false } => "url is not valid",
        { Method: not (null or "POST" or "GET") } => "method must be GET or POST",
        _ when Recipients(order).FirstOrDefault(to => !PhoneNumber.TryParse("+" + to, out _) || CodeOf(to) == MagicCodes.BadRecipient)
            is { } bad => $"{bad} is not a valid phone number.",
        _ => Recipients(order).Contains(order.From) ? "src and dst cannot be the same" : null,
    } is { } fault ? Error(400, fault) : null;

    protected override string NewId(MessageOrder order) => World.Ids.Uuid();

    protected override Reply Taken(Call call, IReadOnlyList<SentMessage> messages) => Answer(202, new JsonObject
    {
        ["message_uuid"] = new JsonArray([.. messages.Select(message => JsonValue.Create(message.Id))]), ["message"] = "message(s) queued",
    });

    protected override IReadOnlyList<Receipt>? Fate(string? code, MessageOrder order, TimeSpan step) => code switch
    {
        MagicCodes.OptedOut => MessagePlans.Fails(step, 200),
        MagicCodes.Unreachable => MessagePlans.Undelivered(step, 80),
        MagicCodes.CarrierFails => MessagePlans.Fails(step, 300),
        MagicCodes.NotMobile => MessagePlans.Undelivered(step, 50),
        _ => null,
    };

    protected override HttpRequestMessage Tell(SentMessage message, Receipt receipt, int sequence, Secret? secret) =>
        PlivoSignatures.Signed(message.Order, secret!, new FormBody
        {
            { "MessageUUID", message.Id }, { "From", message.From }, { "To", message.To }, { "Type", message.Order.Type ?? "sms" },
            { "Status", receipt.Status }, { "Sequence", sequence }, { "Units", message.Segments },
            { "TotalRate", Rate }, { "TotalAmount", Amount(message) }, { "ErrorCode", receipt.ErrorText }, { "MCC", "310" },
            { "MNC", "004" }, { "MessageTime", Time(message.CreatedAt) }, { "QueuedTime", Time(message.CreatedAt) },
            { "SentTime", Time(message.CreatedAt + message.Plan[0].After) },
            { "DeliveryReportTime", receipt.Status is "delivered" or "undelivered" ? Time(message.CreatedAt + receipt.After) : null },
            { "PowerpackUUID", message.Order.Service },
        });

    private Reply List(MessageAccount account, Call call)
    {
        var (limit, offset) = (Math.Clamp(call.Number("limit", LongestPage), 1, LongestPage), call.Number("offset", 0));
        var sender = call.Query("from_number")?.TrimStart('+');
        var (since, until) = (call.Time("message_time__gte"), call.Time("message_time__lte"));
        var matching = account.Messages.List(call.Query("to_number")?.TrimStart('+')).Where(message =>
            call.Query("message_direction") != "inbound" && (sender is null || message.From == sender)
            && !(message.CreatedAt < since) && !(message.CreatedAt > until)).ToList();

        JsonNode? Page(bool isThere, int start) => isThere ? $"{call.Path}?limit={limit}&offset={start}" : null;
        var meta = new JsonObject
        {
            ["limit"] = limit, ["offset"] = offset, ["next"] = Page(offset + limit < matching.Count, offset + limit),
            ["previous"] = Page(offset > 0, Math.Max(0, offset - limit)), ["total_count"] = matching.Count,
        };
        var page = new JsonArray([.. matching.Skip(offset).Take(limit).Select(View)]);
        return Answer(200, new JsonObject { ["meta"] = meta, ["objects"] = page });
    }

    /// <summary>As it is now; its text is not given back.</summary>
    private JsonObject View(SentMessage message) => new()
    {
        ["message_uuid"] = message.Id, ["message_state"] = message.ReceiptAt(World.Now)?.Status ?? "queued",
        ["from_number"] = message.From, ["to_number"] = message.To, ["error_code"] = message.ReceiptAt(World.Now)?.ErrorText,
        ["error_message"] = null, ["message_direction"] = "outbound", ["message_time"] = Time(message.CreatedAt),
        ["message_sent_time"] = message.SentAt(World.Now) is { } sent ? Time(sent) : null,
        ["message_updated_time"] = Time(message.UpdatedAt(World.Now)), ["message_type"] = message.Order.Type ?? "sms",
        ["powerpack_id"] = message.Order.Service, ["resource_uri"] = $"/v1/Account/{message.Account}/Message/{message.Id}/",
        ["total_amount"] = Amount(message), ["total_rate"] = Rate, ["units"] = message.Segments,
    };

    private Reply Error(int status, string text) => Answer(status, new JsonObject { ["error"] = text });

    private Reply Answer(int status, JsonObject body)
    {
        body.Insert(0, "api_id", World.Ids.Uuid());
        return Reply.Json(status, body);
    }

    private static string Amount(SentMessage message) => (0.0055m * message.Segments).ToString("F5", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    [GeneratedRegex("^(MA|SA)[A-Z0-9]{18}$")]
    private static partial Regex AuthId();
}
