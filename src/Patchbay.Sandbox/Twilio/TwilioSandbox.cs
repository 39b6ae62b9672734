using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Twilio;

/// <summary>
/// Twilio's messages: SMS, WhatsApp text and WhatsApp templates. A callback that failed is tried once more, as by default there.
/// </summary>
internal sealed partial class TwilioSandbox(SandboxWorld world) : MessageVendor(world)
{
    private const int LongestBody = 1600;
    private const int MostMedia = 10;
    private const string WhatsApp = "whatsapp:";

    private static readonly TimeSpan EarliestSchedule = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LatestSchedule = TimeSpan.FromDays(35);

    private readonly string _since = Time(world.Now);

    public override string Name => "twilio";

    protected override int Retries => 1;

    public override void Map(VendorRoutes routes)
    {
        const string Accounts = "/2010-04-01/Accounts/{account}";
        routes.Map("GET", Accounts + ".json", "accounts.get", Of((account, _) =>
            Reply.Json(200, TwilioViews.Account(account, IsSuspended(account), _since))));
        routes.Map("GET", Accounts + "/Balance.json", "balance.get", Of((account, _) => Reply.Json(200, TwilioViews.Balance(account))));
        routes.Map("POST", Accounts + "/Messages.json", Creates, Of((account, call) =>
            IsSuspended(account) ? TwilioViews.Error(403, 20005, "Account not active") : Create(account, call)));
        routes.Map("GET", Accounts + "/Messages.json", "messages.list", Of(List));
        const string Message = Accounts + "/Messages/{sid}.json";
        routes.Map("GET", Message, "messages.get", OfMessage((_, message, _) => Reply.Json(200, View(message))));
        routes.Map("POST", Message, "messages.update", OfMessage((account, message, call) =>
            TwilioChanges.Refuse(message, call, World.Now)
                ?? Reply.Json(200, View(TwilioChanges.Make(account, message, call, World.Now)))));
        routes.Map("DELETE", Message, "messages.delete", OfMessage((account, message, _) =>
            TwilioChanges.Delete(account, message, World.Now)));
        routes.MapRest(NotFound);
    }

    public override void Control(ControlRoutes routes) => routes.Map("POST", "/accounts", call =>
        call.Text("account_sid") is { } sid && call.Text("auth_token") is { } token && Register(sid, token)
            ? ControlRoutes.Done
            : ControlRoutes.Refused("A Twilio account needs a well-formed account_sid and an auth_token."));

    /// <summary>Makes the token known that signs callbacks, which requests with an API key do not carry.</summary>
    public override bool Connect(IReadOnlyDictionary<string, string> credentials, Uri webhookUrl) =>
        Register(credentials.GetValueOrDefault("account_sid", ""), credentials.GetValueOrDefault("auth_token", ""));

    public override Reply Failing(Call call, int status) => status switch
    {
        401 => TwilioViews.Error(401, 20003, "Authenticate") with { Challenge = "Basic realm=\"Twilio API\"" },
        429 => TwilioViews.Error(429, 20429, "Too Many Requests"),
        500 => TwilioViews.Error(500, 20500, "Internal Server Error"),
        503 => TwilioViews.Error(503, 20503, "Service Unavailable"),
        _ => TwilioViews.Error(status, 20000 + status, $"The request failed with status {status}"),
    };

    protected override AccountClaim? Claim(Call call)
    {
        var sid = call.Route("account");
        if (call.Credentials is not { } given || !AccountSid().IsMatch(sid))
            return null;
        if (ApiKeySid().IsMatch(given.User))
            return new AccountClaim(sid, given.Password, Signs: false);
        return given.User.Equals(sid, StringComparison.OrdinalIgnoreCase) ? new AccountClaim(sid, given.Password) : null;
    }

    protected override MessageOrder? Read(Call call)
    {
        var (to, template) = (call.Form.Find("To"), call.Form.Find("ContentSid"));
        var text = template is null ? call.Form.Find("Body") ?? "" : $"{template} {call.Form.Find("ContentVariables")}".TrimEnd();
        return new MessageOrder(to, call.Form.Find("From"), text)
        {
            Callback = call.Form.Find("StatusCallback"),
            Service = call.Form.Find("MessagingServiceSid"),
            SendAt = SendAt(call),
            Media = call.Form.Count(field => field.Key == "MediaUrl"),
            IsWhatsApp = to?.StartsWith(WhatsApp, StringComparison.Ordinal) == true,
        };
    }

    protected override Reply? Refuse(Call call, MessageOrder? order) => order switch
    {
        null or { To: null or "" } => (21604, "A 'To' phone number is required."),
        { From: null or "", Service: null or "" } => (21603, "A 'From' phone number is required."),
        { Media: > MostMedia } => (21623, "Number of media files exceeds allowed limit."),
        { Body: "", Media: 0 } => (21602, "Message body is required."),
        { Body.Length: > LongestBody } => (21617, "The concatenated message body exceeds the 1600 character limit."),
        { From: { Length: > 0 } from } when TwilioSenders.Refuse(from) is { } refused => refused,
        { SendAt: { } at } when at < World.Now + EarliestSchedule || at > World.Now + LatestSchedule =>
            (35114, "SendAt time must be between 15 minutes and 35 days from now."),
        _ when !order.CallbackIsValid || (order.Callback is { } url && new Uri(url).Host.Contains('_', StringComparison.Ordinal)) =>
            (21609, $"The StatusCallback URL {order.Callback} is not a valid URL."),
        _ => (CodeOf(order.To), Recipient().IsMatch(order.To)) switch
        {
            (MagicCodes.BadRecipient, _) or (_, false) => (21211, $"The 'To' number {order.To} is not a valid phone number."),
            (MagicCodes.OptedOut, _) => (21610, "Attempt to send to unsubscribed recipient"),
            (MagicCodes.NotMobile, _) => (21614, $"To number: {order.To}, is not a mobile number"),
            _ => ((int Code, string Text)?)null,
        },
    } is var (code, fault) ? TwilioViews.Error(400, code, fault) : null;

    protected override string NewId(MessageOrder order) => World.Ids.Hex(order.Media > 0 ? "MM" : "SM");

    /// <summary>As it was taken, whatever has become of it while the answer was written.</summary>
    protected override Reply Taken(Call call, IReadOnlyList<SentMessage> messages) => Reply.Json(201, View(messages[0] with { Plan = [] }));

    protected override IReadOnlyList<Receipt>? Fate(string? code, MessageOrder order, TimeSpan step) => code switch
    {
        MagicCodes.Unreachable => MessagePlans.Undelivered(step, 30003),
        MagicCodes.CarrierFails => MessagePlans.Fails(step, 30008),
        MagicCodes.OutsideWindow when order.IsWhatsApp => MessagePlans.Fails(step, 63016),
        _ => null,
    };

    protected override HttpRequestMessage Tell(SentMessage message, Receipt receipt, int sequence, Secret? secret)
    {
        var url = message.Order.Callback!.Split('#')[0];
        var form = new FormBody
        {
            { "AccountSid", message.Account }, { "ApiVersion", "2010-04-01" },
            { "ChannelToAddress", message.Order.IsWhatsApp ? message.To[WhatsApp.Length..] : null }, { "ErrorCode", receipt.ErrorText },
            { "EventType", message.Order.IsWhatsApp && receipt.Status == "read" ? "READ" : null }, { "From", message.From },
            { "MessageSid", message.Id }, { "MessageStatus", receipt.Status }, { "MessagingServiceSid", message.Order.Service },
            { "SmsSid", message.Id }, { "SmsStatus", receipt.Status }, { "To", message.To },
        };
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = form.ToContent() };
        // The same however often it is sent again.
        request.Headers.TryAddWithoutValidation(
            "I-Twilio-Idempotency-Token", new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(message.Id + receipt.Status))[..16]).ToString());
        // Without a token nothing can be signed: an API key alone does not tell it, see Connect.
        if (secret is not null)
            request.Headers.TryAddWithoutValidation("X-Twilio-Signature", TwilioSignature.Of(secret, url, form));
        return request;
    }

    /// <summary>Without a messaging service Twilio passes over the schedule and sends at once.</summary>
    private static DateTimeOffset? SendAt(Call call) =>
        call.Form.Find("ScheduleType") == "fixed" && call.Form.Find("MessagingServiceSid") is { Length: > 0 }
            && DateTimeOffset.TryParse(call.Form.Find("SendAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at : null;

    private bool Register(string sid, string token)
    {
        if (token.Length == 0 || !AccountSid().IsMatch(sid))
            return false;
        Account(sid).Secret = new Secret(token);
        return true;
    }

    private Func<Call, Reply> OfMessage(Func<MessageAccount, SentMessage, Call, Reply> work) => Of((account, call) =>
        account.Messages.Find(call.Route("sid")) is { } message ? work(account, message, call) : NotFound(call));

    private Reply List(MessageAccount account, Call call)
    {
        var (size, page) = (Math.Min(call.Number("PageSize", 50), 1000), Math.Min(call.Number("Page", 0), int.MaxValue / 1000));
        var matching = account.Messages.List(call.Query("To"))
            .Where(message => (call.Query("From") is not { } from || message.From == from) && IsWithin(call, message))
            .Skip(page * size).Take(size + 1).ToList();
        return Reply.Json(200, TwilioViews.Page(call, page, size, [.. matching.Take(size).Select(View)], hasMore: matching.Count > size));
    }

    /// <summary>By day, as Twilio does. A message without a sent date counts by its creation.</summary>
    private static bool IsWithin(Call call, SentMessage message)
    {
        var day = DateOnly.FromDateTime(message.CreatedAt.UtcDateTime);
        return (Day(call, "DateSent") is not { } on || day == on)
            && (Day(call, "DateSent>") is not { } from || day >= from)
            && (Day(call, "DateSent<") is not { } until || day <= until);
    }

    private static DateOnly? Day(Call call, string name) => call.Query(name) is { Length: >= 10 } text
        && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private JsonObject View(SentMessage message) => TwilioViews.Message(message, World.Now, Time);

    private static Reply NotFound(Call call) => TwilioViews.Error(404, 20404, $"The requested resource {call.Path} was not found");

    private static bool IsSuspended(MessageAccount account) => account.Id.EndsWith("dead", StringComparison.OrdinalIgnoreCase);

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    [GeneratedRegex("^AC[0-9a-fA-F]{32}$")]
    private static partial Regex AccountSid();

    [GeneratedRegex("^SK[0-9a-fA-F]{32}$")]
    private static partial Regex ApiKeySid();

    [GeneratedRegex(@"^(whatsapp:)?\+[1-9][0-9]{6,14}$")]
    private static partial Regex Recipient();
}
