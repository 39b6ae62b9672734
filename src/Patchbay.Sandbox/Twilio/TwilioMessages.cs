using System.Globalization;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;

namespace Patchbay.Sandbox.Twilio;

/// <summary><c>Messages.json</c>: SMS, WhatsApp text and WhatsApp templates.</summary>
internal sealed partial class TwilioMessages(SandboxWorld world, TwilioCallbacks callbacks)
{
    private const int LongestBody = 1600;

    public Reply Create(TwilioAccount account, Call call)
    {
        if (account.Suspended)
            return TwilioErrors.Suspended();
        var to = call.Form.Find("To");
        var from = call.Form.Find("From");
        var service = call.Form.Find("MessagingServiceSid");
        var body = call.Form.Find("Body") ?? "";
        var template = call.Form.Find("ContentSid");
        var callback = call.Form.Find("StatusCallback");
        var code = world.Options.MagicValues ? MagicCodes.OfNumber(to ?? "") : null;
        if (Refuse(to, from, service, body, template, callback, code) is { } refusal)
            return refusal;

        var isWhatsApp = to!.StartsWith("whatsapp:", StringComparison.Ordinal);
        var message = new SentMessage(world.Ids.Twilio("SM"), account.Sid, to, from, template is null ? body : TemplateText(template, call), world.Now)
        {
            Plan = PlanOf(code, isWhatsApp, world.Options.ReceiptDelay),
            Segments = Segments.Of(body),
            Service = service,
        };
        account.Messages.Add(message);
        world.Ledger.CountMessage("twilio", to, message.Body, callback is null ? null : new Uri(callback));
        if (callback is not null)
            callbacks.Announce(account, message, callback, code);
        return Reply.Json(201, ViewOf(message), TwilioJson.Wire.TwilioMessageView);
    }

    public Reply Get(TwilioAccount account, Call call) => account.Messages.Find(call.Route("sid")) is { } message
        ? Reply.Json(200, ViewOf(message), TwilioJson.Wire.TwilioMessageView)
        : TwilioErrors.NotFound(call.Request.Path.Value!["/twilio".Length..]);

    public Reply List(TwilioAccount account, Call call)
    {
        var size = Number(call.Query("PageSize"), otherwise: 50, most: 1000);
        var page = Number(call.Query("Page"), otherwise: 0, most: int.MaxValue / 1000);
        var matching = account.Messages.List(call.Query("To"))
            .Where(message => call.Query("From") is not { } from || message.From == from)
            .Where(message => IsWithin(call, message))
            .Skip(page * size).Take(size + 1).ToList();

        var hasMore = matching.Count > size;
        return Reply.Json(200, new TwilioMessageListView([.. matching.Take(size).Select(ViewOf)], page, size)
        {
            Start = page * size,
            FirstPageUri = PageUri(call, size, 0),
            NextPageUri = hasMore ? PageUri(call, size, page + 1) : null,
            PreviousPageUri = page > 0 ? PageUri(call, size, page - 1) : null,
            Uri = PageUri(call, size, page),
        }, TwilioJson.Wire.TwilioMessageListView);
    }

    private static Reply? Refuse(string? to, string? from, string? service, string body, string? template, string? callback, string? code)
    {
        if (string.IsNullOrEmpty(to))
            return TwilioErrors.Of(400, 21604, "A 'To' phone number is required.");
        if (string.IsNullOrEmpty(from) && string.IsNullOrEmpty(service))
            return TwilioErrors.Of(400, 21603, "A 'From' phone number is required.");
        if (body.Length == 0 && template is null)
            return TwilioErrors.Of(400, 21602, "Message body is required.");
        if (body.Length > LongestBody)
            return TwilioErrors.Of(400, 21617, "The concatenated message body exceeds the 1600 character limit.");
        if (callback is not null && (!Uri.TryCreate(callback, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Contains('_', StringComparison.Ordinal)))
            return TwilioErrors.Of(400, 21609, $"The StatusCallback URL {callback} is not a valid URL.");
        if (code == MagicCodes.BadRecipient || !Recipient().IsMatch(to))
            return TwilioErrors.Of(400, 21211, $"The 'To' number {to} is not a valid phone number.");
        return code switch
        {
            MagicCodes.OptedOut => TwilioErrors.Of(400, 21610, "Attempt to send to unsubscribed recipient"),
            MagicCodes.NotMobile => TwilioErrors.Of(400, 21614, $"To number: {to}, is not a mobile number"),
            _ => null,
        };
    }

    private static IReadOnlyList<Receipt> PlanOf(string? code, bool isWhatsApp, TimeSpan step) => code switch
    {
        MagicCodes.Unreachable => MessagePlans.Undelivered(step, 30003),
        MagicCodes.CarrierFails => MessagePlans.Fails(step, 30008),
        MagicCodes.StaysSent => MessagePlans.StaysSent(step),
        MagicCodes.OutsideWindow when isWhatsApp => MessagePlans.Fails(step, 63016),
        _ => MessagePlans.Arrives(step, isRead: isWhatsApp),
    };

    private TwilioMessageView ViewOf(SentMessage message)
    {
        var now = world.Now;
        var receipt = message.ReceiptAt(now);
        return new TwilioMessageView(message.Id, message.Account, message.To, message.From, message.Body, receipt?.Status ?? (message.Service is null ? "queued" : "accepted"))
        {
            DateCreated = Rfc2822(message.CreatedAt),
            DateSent = message.SentAt(now) is { } sent ? Rfc2822(sent) : null,
            DateUpdated = Rfc2822(message.CreatedAt + (receipt?.After ?? TimeSpan.Zero)),
            ErrorCode = receipt?.ErrorCode,
            ErrorMessage = receipt?.ErrorCode is { } error ? ErrorText(error) : null,
            MessagingServiceSid = message.Service,
            NumSegments = message.From is null ? "0" : message.Segments.ToString(CultureInfo.InvariantCulture),
            Price = receipt is null ? null : (-0.0079m * message.Segments).ToString("F5", CultureInfo.InvariantCulture),
        };
    }

    private static string ErrorText(int code) => code switch
    {
        30003 => "Unreachable destination handset",
        63016 => "Failed to send freeform message because you are outside the allowed window. Please use a Message Template.",
        _ => "Unknown error",
    };

    /// <summary>By day, as Twilio does. A message without a sent date counts by its creation.</summary>
    private static bool IsWithin(Call call, SentMessage message)
    {
        var day = DateOnly.FromDateTime(message.CreatedAt.UtcDateTime);
        return (Day(call, "DateSent") is not { } on || day == on)
            && (Day(call, "DateSent>") is not { } from || day >= from)
            && (Day(call, "DateSent<") is not { } until || day <= until);
    }

    private static DateOnly? Day(Call call, string name) =>
        call.Query(name) is { Length: >= 10 } text && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string PageUri(Call call, int size, int page)
    {
        var filters = call.Request.Query.Where(query => query.Key is not ("PageSize" or "Page" or "PageToken"))
            .Select(query => $"{Uri.EscapeDataString(query.Key)}={Uri.EscapeDataString(query.Value.ToString())}");
        return $"{call.Request.Path.Value!["/twilio".Length..]}?{string.Join('&', filters.Append($"PageSize={size}").Append($"Page={page}"))}";
    }

    private static int Number(string? text, int otherwise, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, most) : otherwise;

    private static string TemplateText(string template, Call call) => $"{template} {call.Form.Find("ContentVariables")}".TrimEnd();

    private static string Rfc2822(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(whatsapp:)?\+[1-9][0-9]{6,14}$")]
    private static partial Regex Recipient();
}
