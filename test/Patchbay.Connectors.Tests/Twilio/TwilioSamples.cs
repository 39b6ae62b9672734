using System.Text.Json.Nodes;

namespace Patchbay.Connectors.Tests;

/// <summary>Answers in the shape of the examples in Twilio's OpenAPI file.</summary>
internal static class TwilioSamples
{
    public const string Sid = "SMfedcba9876543210fedcba9876543210";
    public const string MessagesPath = $"/2010-04-01/Accounts/{Connections.TwilioAccount}/Messages.json";

    public static JsonObject Message(string status = "queued", Action<JsonObject>? change = null)
    {
        var message = new JsonObject
        {
            ["account_sid"] = Connections.TwilioAccount,
            ["body"] = "Your order 1001 has shipped",
            ["date_created"] = "Sun, 01 Mar 2026 12:00:01 +0000",
            ["date_sent"] = null,
            ["direction"] = "outbound-api",
            ["error_code"] = null,
            ["error_message"] = null,
            ["from"] = "+14155550100",
            ["num_segments"] = "1",
            ["sid"] = Sid,
            ["status"] = status,
            ["to"] = "+14155550123",
        };
        change?.Invoke(message);
        return message;
    }

    public static string List(params JsonObject[] messages) => new JsonObject
    {
        ["page"] = 0, ["page_size"] = 200, ["next_page_uri"] = null, ["messages"] = new JsonArray([.. messages]),
    }.ToJsonString();

    public static string Account(string status) => new JsonObject
    {
        ["sid"] = Connections.TwilioAccount, ["friendly_name"] = "Acme", ["status"] = status, ["type"] = "Full",
    }.ToJsonString();

    public static string Error(int code) => new JsonObject { ["code"] = code, ["message"] = "No.", ["status"] = 400 }.ToJsonString();
}
