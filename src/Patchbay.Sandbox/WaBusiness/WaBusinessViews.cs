using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Messages;

namespace Patchbay.Sandbox.WaBusiness;

/// <summary>What the Cloud API answers, and what it tells an app.</summary>
internal static class WaBusinessViews
{
    private const string Account = "419561257915477";
    private const string DisplayNumber = "15550783881";

    public static JsonObject Number(string id) => new()
    {
        ["id"] = id, ["display_phone_number"] = "+1 555-078-3881", ["verified_name"] = "Sandbox", ["quality_rating"] = "GREEN",
    };

    /// <summary>Only a template's message has a status.</summary>
    public static JsonObject Taken(SentMessage message)
    {
        var sent = new JsonObject { ["id"] = message.Id };
        if (message.Order.Type == "template")
            sent["message_status"] = "accepted";
        return new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(new JsonObject { ["input"] = message.To, ["wa_id"] = Digits(message.To) }),
            ["messages"] = new JsonArray(sent),
        };
    }

    public static JsonObject Webhook(SentMessage message, Receipt receipt)
    {
        var at = (message.CreatedAt + receipt.After).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var status = new JsonObject
        {
            ["id"] = message.Id, ["status"] = receipt.Status, ["timestamp"] = at, ["recipient_id"] = Digits(message.To),
        };
        if (message.Order.Reference is { } reference)
            status["biz_opaque_callback_data"] = reference;
        if (receipt.ErrorCode is { } code)
            status["errors"] = new JsonArray(Reason(code));
        else
            status["pricing"] = new JsonObject { ["billable"] = true, ["pricing_model"] = "PMP", ["category"] = "utility" };
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = DisplayNumber, ["phone_number_id"] = message.Account },
            ["statuses"] = new JsonArray(status),
        };
        var changes = new JsonArray(new JsonObject { ["value"] = value, ["field"] = "messages" });
        return new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject { ["id"] = Account, ["changes"] = changes }),
        };
    }

    public static Reply Error(
        int status, int code, string message, int? subcode = null, string? details = null, bool transient = false)
    {
        var error = new JsonObject { ["message"] = message, ["type"] = "OAuthException", ["code"] = code };
        if (subcode is not null)
            error["error_subcode"] = subcode;
        if (details is not null)
            error["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = details };
        if (transient)
            error["is_transient"] = true;
        error["fbtrace_id"] = "AXsgnV2Cm3ZMGF3dF_cfYIn";
        return Reply.Json(status, new JsonObject { ["error"] = error });
    }

    private static JsonObject Reason(int code)
    {
        var (title, details) = code switch
        {
            131026 => ("Message undeliverable", "Message Undeliverable."),
            131047 => ("Re-engagement message", "More than 24 hours have passed since the recipient last replied to the sender number."),
            131049 => ("This message was not delivered to maintain healthy ecosystem engagement.", "Not delivered."),
            _ => ("Something went wrong", "Message failed to send due to an unknown error."),
        };
        return new JsonObject
        {
            ["code"] = code, ["title"] = title, ["message"] = title, ["error_data"] = new JsonObject { ["details"] = details },
        };
    }

    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));
}
