using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Praxis;

/// <summary>
/// Praxis's signature: SHA-384 over values in a fixed order, without anything between them, and the merchant secret at the end. What is
/// null is left out; numbers count as they are written.
/// </summary>
/// <remarks>Source: https://doc.praxiscashier.com/integration_docs/latest/overview/authentication.</remarks>
internal static class PraxisSignature
{
    public const string Header = "Gt-Authentication";

    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(6);
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);

    private static readonly string[] Signed =
    [
        "merchant_id", "application_key", "timestamp", "customer.customer_token", "session.order_id", "transaction.tid",
        "transaction.currency", "transaction.amount", "transaction.conversion_rate", "transaction.processed_currency",
        "transaction.processed_amount",
    ];

    public static byte[] Of(Secret secret, IEnumerable<string?> values) =>
        SHA384.HashData(Encoding.UTF8.GetBytes(string.Concat(values) + secret.Reveal()));

    public static string Of(PraxisOrder order, Connection connection)
    {
        var timestamp = order.Timestamp.ToString(CultureInfo.InvariantCulture);
        return Convert.ToHexStringLower(Of(
            connection.Secret("merchant_secret"), [order.MerchantId, order.ApplicationKey, timestamp, .. order.Signed()]));
    }

    /// <summary>Of this merchant and website, and not old: one that was recorded by somebody proves nothing later.</summary>
    public static bool IsGenuine(WebhookRequest request, Connection connection)
    {
        if (Fields(request) is not { } fields || request.Header(Header) is not { } given)
            return false;
        var isOurs = fields[0] == connection.FindValue("merchant_id") && fields[1] == connection.FindValue("application_key");
        var signed = Signatures.Any(
            connection.LiveSecrets("merchant_secret"), secret => Of(secret, fields), [given], Signatures.SameHex);
        return isOurs && signed && long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && request.ReceivedAt - DateTimeOffset.UnixEpoch - TimeSpan.FromSeconds(at) is var age && age < MaxAge && age > -ClocksDiffer;
    }

    /// <summary>Null when the body is no object.</summary>
    private static List<string?>? Fields(WebhookRequest request)
    {
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            return body.RootElement.ValueKind == JsonValueKind.Object
                ? [.. Signed.Select(path => path.Split('.').Aggregate<string, JsonElement?>(body.RootElement, Part) is { } value
                    ? Text(value) : null)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Part(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };
}
