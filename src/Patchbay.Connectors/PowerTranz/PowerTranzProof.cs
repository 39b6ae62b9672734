using System.Buffers.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>
/// What only PowerTranz was told. What the customer's browser brings back is not signed, so the address that it is brought to carries what
/// it is about, where the customer goes on, and a proof of both that nobody can make who does not have the password.
/// </summary>
/// <remarks>Source: https://developer.powertranz.com (SPI, MerchantResponseUrl). The proof is the hub's own.</remarks>
internal static class PowerTranzProof
{
    public const string Order = "o";
    public const string ReturnUrl = "r";
    private const string Amount = "a";
    private const string CurrencyNumber = "c";
    private const string Proof = "s";

    /// <summary>Where the browser brings what became of a transaction.</summary>
    public static string Address(PaymentRequest request, string currency, string transaction, Connection connection)
    {
        var (amount, back) = (request.Amount.ToAmountString(), request.ReturnUrl?.OriginalString);
        var proof = Of(
            KeyOf(connection.Secret(PowerTranzMessage.Password), connection),
            TextOf(request.PaymentId, amount, currency, transaction, back));
        var query = $"{Order}={Uri.EscapeDataString(request.PaymentId)}&{Amount}={amount}&{CurrencyNumber}={currency}"
            + (back is null ? "" : $"&{ReturnUrl}={Uri.EscapeDataString(back)}") + $"&{Proof}={proof}";
        return $"{connection.WebhookUrl.OriginalString}?{query}";
    }

    /// <summary>Whether the address was made here, for the transaction that is brought.</summary>
    public static bool Holds(WebhookRequest request, string transaction, Connection connection)
    {
        var query = request.Query();
        if (query.Find(Proof) is not { } given)
            return false;
        var text = TextOf(query.Find(Order), query.Find(Amount), query.Find(CurrencyNumber), transaction, query.Find(ReturnUrl));
        return Signatures.Any(
            connection.LiveSecrets(PowerTranzMessage.Password), secret => HmacOf(KeyOf(secret, connection), text), [given],
            Signatures.SameBase64Url);
    }

    /// <summary>Whether what the browser brings, as far as it says so, is about what the address is about.</summary>
    public static bool Fits(PowerTranzTransaction told, WebhookRequest request)
    {
        var query = request.Query();
        return (told.OrderIdentifier ?? query.Find(Order)) == query.Find(Order)
            && (told.CurrencyCode ?? query.Find(CurrencyNumber)) == query.Find(CurrencyNumber)
            && (told.TotalAmount is not { } amount || PlainDecimal.TryParse(query.Find(Amount), out var asked) && asked == amount);
    }

    /// <param name="key">Made of the password; see <see cref="KeyOf"/>.</param>
    public static string Of(Secret key, string text) => Base64Url.EncodeToString(HmacOf(key, text));

    /// <summary>The password itself signs nothing.</summary>
    public static Secret KeyOf(Secret password, Connection connection) =>
        new(Convert.ToHexStringLower(Signatures.HmacSha256(password, "returns of " + connection.IntegrationId)));

    private static string TextOf(string? order, string? amount, string? currency, string transaction, string? back) =>
        $"{order}|{amount}|{currency}|{transaction}" + (back is null ? "" : "|" + back);

    private static byte[] HmacOf(Secret key, string text) => Signatures.HmacSha256(key, text);
}
