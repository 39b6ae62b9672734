using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Praxis;

/// <summary>What is signed, by call, as Praxis documents it; of a refund it is unconfirmed.</summary>
internal static class PraxisSigning
{
    public const string Header = "Gt-Authentication";

    private static readonly string[] Common = ["merchant_id", "application_key", "timestamp"];

    private static readonly Dictionary<string, string[]> Requests = new(StringComparer.Ordinal)
    {
        ["/cashier/cashier"] = ["intent", "cid", "order_id"],
        ["/agent/find-order"] = ["order_id"],
        ["/agent/manage-withdrawal-request"] = ["intent", "withdrawal_request_id"],
        ["/direct/refund"] = ["transaction_type", "cid", "order_id", "currency", "amount"],
    };

    private static readonly (string Of, string Name)[] Notification =
    [
        ("customer", "customer_token"), ("session", "order_id"), ("transaction", "tid"), ("transaction", "currency"),
        ("transaction", "amount"), ("transaction", "conversion_rate"), ("transaction", "processed_currency"),
        ("transaction", "processed_amount"),
    ];

    /// <summary>Empty for a path that nobody signs.</summary>
    public static string OfRequest(Call call, Secret secret) => Requests.TryGetValue(call.Path, out var names)
        ? Sign([.. Common, .. names], name => call.Json?[name], secret) : "";

    public static string OfNotification(JsonNode body, Secret secret)
    {
        var common = string.Concat(Common.Select(name => body[name]?.ToString()));
        return Hash(common + string.Concat(Notification.Select(part => body[part.Of]?[part.Name]?.ToString())), secret);
    }

    private static string Sign(string[] names, Func<string, JsonNode?> value, Secret secret) =>
        Hash(string.Concat(names.Select(name => value(name)?.ToString())), secret);

    private static string Hash(string text, Secret secret) =>
        Convert.ToHexStringLower(SHA384.HashData(Encoding.UTF8.GetBytes(text + secret.Reveal())));
}
