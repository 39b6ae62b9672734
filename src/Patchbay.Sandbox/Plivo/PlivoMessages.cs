using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;

namespace Patchbay.Sandbox.Plivo;

/// <summary><c>Message/</c>.</summary>
internal sealed partial class PlivoMessages(SandboxWorld world, PlivoCallbacks callbacks)
{
    private const int LongestText = 1600;
    private const int LongestPage = 20;

    public Reply Create(PlivoAccount account, Call call)
    {
        var body = Read(call);
        if (Refuse(body) is { } refusal)
            return Error(400, refusal);

        var ids = new List<string>();
        foreach (var recipient in body!.Dst!.Split('<', StringSplitOptions.RemoveEmptyEntries))
            ids.Add(Accept(account, body, recipient.TrimStart('+')).Id);
        return Reply.Json(202, new PlivoQueuedView(world.Ids.Uuid(), ids), PlivoJson.Wire.PlivoQueuedView);
    }

    public Reply Get(PlivoAccount account, Call call) => account.Messages.Find(call.Route("uuid")) is { } message
        ? Reply.Json(200, ViewOf(message) with { ApiId = world.Ids.Uuid() }, PlivoJson.Wire.PlivoMessageView)
        : Error(404, "not found");

    public Reply List(PlivoAccount account, Call call)
    {
        var limit = Math.Clamp(Number(call.Query("limit"), LongestPage), 1, LongestPage);
        var offset = Number(call.Query("offset"), 0);
        var from = PlivoTimes.Read(call.Query("message_time__gte"));
        var until = PlivoTimes.Read(call.Query("message_time__lte"));
        var sender = call.Query("from_number");
        var matching = call.Query("message_direction") == "inbound" ? [] : account.Messages.List(call.Query("to_number")?.TrimStart('+'))
            .Where(message => sender is null || message.From == sender.TrimStart('+'))
            .Where(message => (from is null || message.CreatedAt >= from) && (until is null || message.CreatedAt <= until))
            .ToList();

        string Page(int start) => $"{call.Request.Path.Value!["/plivo".Length..]}?limit={limit}&offset={start}";
        var meta = new PlivoListMeta(limit, offset,
            offset + limit < matching.Count ? Page(offset + limit) : null, offset > 0 ? Page(Math.Max(0, offset - limit)) : null, matching.Count);
        return Reply.Json(200, new PlivoMessageListView(world.Ids.Uuid(), meta, [.. matching.Skip(offset).Take(limit).Select(ViewOf)]), PlivoJson.Wire.PlivoMessageListView);
    }

    public Reply Error(int status, string text) => Reply.Json(status, new PlivoErrorView(world.Ids.Uuid(), text), PlivoJson.Wire.PlivoErrorView);

    /// <summary>The body of a send; null when it is not JSON.</summary>
    public static PlivoMessageBody? Read(Call call)
    {
        try
        {
            return JsonSerializer.Deserialize(call.Body, PlivoJson.Wire.PlivoMessageBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private SentMessage Accept(PlivoAccount account, PlivoMessageBody body, string recipient)
    {
        var code = world.Options.MagicValues ? MagicCodes.OfNumber(recipient) : null;
        var type = body.Type ?? "sms";
        var message = new SentMessage(world.Ids.Uuid(), account.AuthId, recipient, body.Src?.TrimStart('+'), body.Text ?? "", world.Now)
        {
            Plan = PlanOf(code, type == "whatsapp", world.Options.ReceiptDelay),
            Segments = Segments.Of(body.Text ?? ""),
            Service = body.PowerpackUuid,
            Type = type,
        };
        account.Messages.Add(message);
        world.Ledger.CountMessage("plivo", recipient, message.Body, body.Url is null ? null : new Uri(body.Url));
        if (body.Url is not null)
            callbacks.Announce(account, message, body.Url, byGet: body.Method == "GET", code);
        return message;
    }

    private string? Refuse(PlivoMessageBody? body)
    {
        if (body is null)
            return "invalid json";
        if (string.IsNullOrEmpty(body.Dst))
            return "dst is a required parameter";
        if (string.IsNullOrEmpty(body.Src) == string.IsNullOrEmpty(body.PowerpackUuid))
            return "exactly one of src and powerpack_uuid is required";
        if (body.Type is not (null or "sms" or "mms" or "whatsapp"))
            return $"type {body.Type} is not valid";
        if (string.IsNullOrEmpty(body.Text) && body.Type is null or "sms")
            return "text is a required parameter";
        if (body.Text?.Length > LongestText)
            return "text is too long";
        if (body.Url is { } text && (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
            return "url is not valid";
        if (body.Method is not (null or "POST" or "GET"))
            return "method must be GET or POST";
        foreach (var recipient in body.Dst.Split('<', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Recipient().IsMatch(recipient) || (world.Options.MagicValues && MagicCodes.OfNumber(recipient) == MagicCodes.BadRecipient))
                return $"{recipient} is not a valid phone number.";
            if (recipient.TrimStart('+') == body.Src?.TrimStart('+'))
                return "src and dst cannot be the same";
        }

        return null;
    }

    private static IReadOnlyList<Receipt> PlanOf(string? code, bool isWhatsApp, TimeSpan step) => code switch
    {
        MagicCodes.OptedOut => MessagePlans.Fails(step, 200),
        MagicCodes.Unreachable => MessagePlans.Undelivered(step, 80),
        MagicCodes.CarrierFails => MessagePlans.Fails(step, 300),
        MagicCodes.StaysSent => MessagePlans.StaysSent(step),
        MagicCodes.NotMobile => MessagePlans.Undelivered(step, 50),
        _ => MessagePlans.Arrives(step, isRead: isWhatsApp),
    };

    private PlivoMessageView ViewOf(SentMessage message)
    {
        var now = world.Now;
        var receipt = message.ReceiptAt(now);
        return new PlivoMessageView(message.Id, receipt?.Status ?? "queued", message.From, message.To)
        {
            ErrorCode = receipt?.ErrorCode?.ToString(CultureInfo.InvariantCulture),
            MessageTime = PlivoTimes.Write(message.CreatedAt),
            MessageSentTime = message.SentAt(now) is { } sent ? PlivoTimes.Write(sent) : null,
            MessageUpdatedTime = PlivoTimes.Write(message.CreatedAt + (receipt?.After ?? TimeSpan.Zero)),
            MessageType = message.Type,
            PowerpackId = message.Service,
            ResourceUri = $"/v1/Account/{message.Account}/Message/{message.Id}/",
            TotalAmount = PlivoPrices.Of(message),
            TotalRate = PlivoPrices.Rate,
            Units = message.Segments,
        };
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    [GeneratedRegex(@"^\+?[1-9][0-9]{6,14}$")]
    private static partial Regex Recipient();
}
