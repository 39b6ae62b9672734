using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Messages;

namespace Patchbay.Sandbox.Vonage;

/// <summary>What a callback says.</summary>
internal static class VonageReceipts
{
    private const decimal Price = 0.0333m;

    public static JsonObject Of(SentMessage message, Receipt receipt)
    {
        var at = (message.CreatedAt + receipt.After).UtcDateTime;
        var body = new JsonObject
        {
            ["message_uuid"] = message.Id, ["to"] = message.To, ["from"] = message.From,
            ["timestamp"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["status"] = Word(receipt.Status), ["channel"] = "sms",
        };
        if (message.Order.Reference is { } reference)
            body["client_ref"] = reference;
        if (receipt.ErrorText is { } code)
        {
            body["error"] = new JsonObject
            {
                ["type"] = "https://developer.nexmo.com/api-errors/messages-olympus#" + code, ["title"] = code,
                ["detail"] = Detail(code), ["instance"] = message.Id,
            };
        }

        if (receipt.Status != "failed")
        {
            var price = (Price * message.Segments).ToString(CultureInfo.InvariantCulture);
            body["usage"] = new JsonObject { ["currency"] = "EUR", ["price"] = price };
            body["destination"] = new JsonObject { ["network_code"] = "310260" };
            body["sms"] = new JsonObject { ["count_total"] = message.Segments.ToString(CultureInfo.InvariantCulture) };
        }

        return body;
    }

    private static string Word(string status) => status switch
    {
        "sent" => "submitted",
        "undelivered" => "undeliverable",
        "failed" => "rejected",
        _ => status,
    };

    private static string Detail(string code) => code switch
    {
        "1180" => "Absent Subscriber Temporary",
        "1240" => "Illegal Number",
        "1310" => "Not suitable device",
        _ => "Unknown",
    };
}
