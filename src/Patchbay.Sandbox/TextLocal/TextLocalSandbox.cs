using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;
using Patchbay.Sandbox.Running;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.TextLocal;

/// <summary>
/// TextLocal's API, as far as single SMS go, and the balance. How often it repeats a receipt is not documented: three times here.
/// </summary>
internal sealed partial class TextLocalSandbox(SandboxWorld world) : MessageVendor(world)
{
    private const int LongestText = 766;
    private const int Balance = 1162;

    public override string Name => "textlocal";

    protected override int Retries => 3;

    public override void Map(VendorRoutes routes)
    {
        routes.Map("POST", "/send/", Creates, Of(Create));
        routes.Map("POST", "/balance/", "balance.get", Of((_, _) => Reply.Json(200, new JsonObject
        {
            ["balance"] = new JsonObject { ["sms"] = Balance, ["mms"] = 0 }, ["status"] = "success",
        })));
        routes.MapRest(_ => Refusal(2, "Unrecognised command"));
    }

    /// <summary>It answers 200 to whatever it understands.</summary>
    public override Reply Failing(Call call, int status) => status switch
    {
        401 => Refusal(3, "Invalid login details"),
        402 => Refusal(7, "Insufficient credits"),
        404 => Refusal(2, "Unrecognised command"),
        _ => Reply.Json(status, new JsonObject { ["status"] = "failure" }),
    };

    protected override AccountClaim? Claim(Call call) =>
        call.Form.Find("apikey") is { Length: > 0 } key ? new AccountClaim(key, key) : null;

    protected override MessageOrder? Read(Call call)
    {
        var order = new MessageOrder(call.Form.Find("numbers"), call.Form.Find("sender"), call.Form.Find("message") ?? "")
        {
            Callback = call.Form.Find("receipt_url"), Reference = call.Form.Find("custom"),
        };
        return order.CallbackIsValid ? order : order with { Callback = null };
    }

    protected override IEnumerable<string> Recipients(MessageOrder order) =>
        order.To!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    protected override Reply? Refuse(Call call, MessageOrder? order) => order switch
    {
        null or { To: null or "" } => (4, "No recipients specified"),
        { Body: "" } => (5, "No message content"),
        { Body.Length: > LongestText } => (6, "Message too long"),
        { From: null or "" } => (44, "No sender name specified"),
        _ when !Sender().IsMatch(order.From) => (43, "Invalid sender name"),
        _ when Recipients(order).Any(to => !Recipient().IsMatch(to) || CodeOf(to) == MagicCodes.BadRecipient) =>
            (32, "Invalid number format"),
        _ => ((int Code, string Text)?)null,
    } is var (code, text) ? Refusal(code, text) : null;

    protected override string NewId(MessageOrder order) => "1" + SandboxIds.Nonce();

    protected override Reply Taken(Call call, IReadOnlyList<SentMessage> messages) => Reply.Json(200, new JsonObject
    {
        ["test_mode"] = call.Form.Find("test") == "true", ["balance"] = Balance,
        ["batch_id"] = long.Parse(messages[0].Id[..9], CultureInfo.InvariantCulture),
        ["cost"] = messages.Sum(message => message.Segments), ["num_messages"] = messages.Count,
        ["message"] = new JsonObject
        {
            ["num_parts"] = messages[0].Segments, ["sender"] = messages[0].From, ["content"] = messages[0].Body,
        },
        ["receipt_url"] = call.Form.Find("receipt_url") ?? "", ["custom"] = messages[0].Order.Reference ?? "",
        ["messages"] = new JsonArray([.. messages.Select(message => new JsonObject
        {
            ["id"] = message.Id, ["recipient"] = long.Parse(message.To, CultureInfo.InvariantCulture),
        })]),
        ["status"] = "success",
    });

    /// <summary>Receipts tell of the end alone.</summary>
    protected override IReadOnlyList<Receipt>? Fate(string? code, MessageOrder order, TimeSpan step) =>
    [
        new(step, code switch
        {
            MagicCodes.OptedOut => "B",
            MagicCodes.Unreachable => "U",
            MagicCodes.CarrierFails => "E",
            MagicCodes.StaysSent => "?",
            MagicCodes.NotMobile => "I",
            _ => "D",
        }),
    ];

    /// <summary>Nothing is signed: what stands for a bad signature is a caller who does not know the end of the address.</summary>
    protected override HttpRequestMessage Tell(SentMessage message, Receipt receipt, int sequence, Secret? secret)
    {
        var address = message.Order.Callback!;
        var isKnown = string.Equals(secret?.Reveal(), message.Account, StringComparison.OrdinalIgnoreCase);
        return new HttpRequestMessage(HttpMethod.Post, isKnown ? address : address[..^1] + (address[^1] == '0' ? '1' : '0'))
        {
            Content = new FormBody
            {
                { "number", message.To }, { "status", receipt.Status }, { "customID", message.Order.Reference },
                { "datetime", (message.CreatedAt + receipt.After).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) },
            }.ToContent(),
        };
    }

    private static Reply Refusal(int code, string text) => Reply.Json(200, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = text }), ["status"] = "failure",
    });

    [GeneratedRegex("^([0-9A-Za-z ]{3,11}|[0-9]{1,13})$")]
    private static partial Regex Sender();

    [GeneratedRegex("^[1-9][0-9]{6,14}$")]
    private static partial Regex Recipient();
}
