using System.Buffers.Text;
using System.Text;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>
/// A text that a payment carries and its notifications hand back, since BridgerPay signs nothing: who does not know the key cannot make it.
/// It names the order, so that it proves nothing of another one.
/// </summary>
internal static class BridgerPayPayload
{
    private const string Version = "v1";
    private const string Label = "Patchbay: payload of BridgerPay";

    /// <summary>So that nothing has to be entered for it: who knows the key does not know the password.</summary>
    public static Secret KeyOf(Secret password) => new(Convert.ToHexStringLower(Signatures.HmacSha256(password, Label)));

    public static string Of(string order, Money amount, Secret key)
    {
        var text = $"{Version}|{order}|{amount.ToAmountString()}|{amount.Currency.Code}";
        return $"{text}|{Token(key, text)}";
    }

    /// <param name="keys">Any of them may have made it.</param>
    public static bool Holds(string payload, string order, IEnumerable<Secret> keys)
    {
        var end = payload.LastIndexOf('|');
        return end > 0 && payload.StartsWith($"{Version}|{order}|", StringComparison.Ordinal) && Signatures.Any(
            keys, key => Encoding.ASCII.GetBytes(Token(key, payload[..end])), [payload[(end + 1)..]],
            (expected, given) => Signatures.Same(expected, Encoding.UTF8.GetBytes(given)));
    }

    private static string Token(Secret key, string text) => Base64Url.EncodeToString(Signatures.HmacSha256(key, text));
}
