using System.Buffers.Text;
using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WiPay;

/// <summary>
/// What only the hub can have given along. Anybody may ask WiPay for a payment to a merchant's account, of any amount and under any order:
/// what comes back counts only with a proof of the hub's over order, amount, currency and where the customer goes on.
/// </summary>
/// <remarks>Source: https://docs.wipayfinancial.com (Payments API): requests are not authenticated. The proof is the hub's own.</remarks>
internal static class WiPayProof
{
    /// <summary>In the address that the customer comes back to.</summary>
    public const string Field = "s";

    public static WiPayData Data(PaymentRequest request, Secret key, Connection connection)
    {
        var (total, back) = (request.Amount.ToAmountString(), request.ReturnUrl?.OriginalString);
        var text = TextOf(request.PaymentId, total, request.Amount.Currency.Code, back);
        return new WiPayData(total, back, request.Reference, Base64Url.EncodeToString(Of(key, text, connection)));
    }

    /// <summary>Null when it was not written here, for this order and this integration's currency.</summary>
    public static WiPayData? Read(string? text, string? order, Connection connection)
    {
        try
        {
            return text is not null && order is not null && JsonSerializer.Deserialize(text, WiPayJson.Default.WiPayData) is { } data
                && Holds(data, order, connection) ? data : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Holds(WiPayData data, string order, Connection connection)
    {
        var text = TextOf(order, data.Total, connection.Value("currency"), data.Return);
        return Signatures.Any(
            WiPayHash.ApiKeys(connection), key => Of(key, text, connection), [data.Proof], Signatures.SameBase64Url);
    }

    private static string TextOf(string order, string total, string currency, string? back) => $"{order}|{total}|{currency}|{back}";

    /// <summary>The key itself signs nothing but WiPay's hash.</summary>
    private static byte[] Of(Secret apiKey, string text, Connection connection) => Signatures.HmacSha256(
        new Secret(Convert.ToHexStringLower(Signatures.HmacSha256(apiKey, "returns of " + connection.IntegrationId))), text);
}
