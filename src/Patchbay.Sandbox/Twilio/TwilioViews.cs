using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;

namespace Patchbay.Sandbox.Twilio;

/// <summary>What Twilio's answers look like.</summary>
internal static class TwilioViews
{
    public static Reply Error(int status, int code, string message) => Reply.Json(status, new JsonObject
    {
        ["code"] = code, ["message"] = message, ["more_info"] = $"https://www.twilio.com/docs/errors/{code}", ["status"] = status,
    });

    public static JsonObject Account(MessageAccount account, bool suspended, string since) => new()
    {
        ["sid"] = account.Id, ["status"] = suspended ? "suspended" : "active", ["date_created"] = since, ["auth_token"] = null,
        ["date_updated"] = since, ["friendly_name"] = "Sandbox account", ["owner_account_sid"] = account.Id, ["type"] = "Full",
        ["uri"] = $"/2010-04-01/Accounts/{account.Id}.json",
    };

    public static JsonObject Balance(MessageAccount account) =>
        new() { ["account_sid"] = account.Id, ["balance"] = "100.00", ["currency"] = "USD" };

    /// <summary>As it is at that moment. The price is negative, and null until it is sent.</summary>
    public static JsonObject Message(SentMessage message, DateTimeOffset now, Func<DateTimeOffset, string> time)
    {
        var receipt = message.ReceiptAt(now);
        var uri = $"/2010-04-01/Accounts/{message.Account}/Messages/{message.Id}";
        return new JsonObject
        {
            ["sid"] = message.Id, ["account_sid"] = message.Account, ["to"] = message.To, ["from"] = message.From, ["body"] = message.Body,
            ["status"] = receipt?.Status ?? Waiting(message, now), ["api_version"] = "2010-04-01",
            ["date_created"] = time(message.CreatedAt), ["date_sent"] = message.SentAt(now) is { } sent ? time(sent) : null,
            ["date_updated"] = time(message.UpdatedAt(now)), ["direction"] = "outbound-api", ["error_code"] = receipt?.ErrorCode,
            ["error_message"] = receipt?.ErrorCode is { } error ? ErrorText(error) : null,
            ["messaging_service_sid"] = message.Order.Service,
            ["num_media"] = message.Order.Media.ToString(CultureInfo.InvariantCulture),
            ["num_segments"] = message.From is null ? "0" : message.Segments.ToString(CultureInfo.InvariantCulture),
            ["price"] = receipt is null ? null : (-0.0079m * message.Segments).ToString("F5", CultureInfo.InvariantCulture),
            ["price_unit"] = "USD",
            ["subresource_uris"] = new JsonObject { ["media"] = uri + "/Media.json" }, ["uri"] = uri + ".json",
        };
    }

    private static string Waiting(SentMessage message, DateTimeOffset now) => message switch
    {
        { CanceledAt: not null } => "canceled",
        _ when message.StartsAt > now => "scheduled",
        { Order.Service: null } => "queued",
        _ => "accepted",
    };

    public static JsonObject Page(Call call, int page, int size, JsonNode[] messages, bool hasMore)
    {
        var filters = call.Request.Query.Where(query => query.Key is not ("PageSize" or "Page" or "PageToken"))
            .Select(query => $"{Uri.EscapeDataString(query.Key)}={Uri.EscapeDataString(query.Value.ToString())}");
        var address = $"{call.Path}?{string.Concat(filters.Select(filter => filter + "&"))}PageSize={size}&Page=";
        return new JsonObject
        {
            ["messages"] = new JsonArray(messages), ["page"] = page, ["page_size"] = size, ["start"] = page * size,
            ["end"] = (page * size) + Math.Max(0, messages.Length - 1), ["first_page_uri"] = address + "0",
            ["next_page_uri"] = hasMore ? address + (page + 1) : null, ["previous_page_uri"] = page > 0 ? address + (page - 1) : null,
            ["uri"] = address + page,
        };
    }

    private static string ErrorText(int code) => code switch
    {
        30003 => "Unreachable destination handset",
        63016 => "Failed to send freeform message because you are outside the allowed window. Please use a Message Template.",
        _ => "Unknown error",
    };
}
