using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Patchbay.Connectors.Contracts;

/// <summary>
/// Turns a body into an excerpt an operator may see: known secrets, card numbers and secret-looking fields are blanked out.
/// </summary>
public static partial class Redaction
{
    public const int MaxExcerpt = 2048;

    /// <summary>Of these one is in the name of every field that the expressions below look for: most bodies have none.</summary>
    private static readonly SearchValues<string> Words =
        SearchValues.Create(["secret", "password", "token", "api_key", "authorization", "cvc", "cvv"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    /// <summary>Redacts, then cuts to 2 KiB. Cutting comes last, so that no secret survives as a fragment.</summary>
    public static string Excerpt(string text, IEnumerable<Secret> secrets)
    {
        foreach (var secret in secrets)
        {
            var value = secret.Reveal();
            if (value.Length < 4)
                continue;
            text = text.Replace(value, "***", StringComparison.Ordinal);
            if (value.AsSpan().ContainsAnyExcept(Unreserved))
                text = text.Replace(Uri.EscapeDataString(value), "***", StringComparison.Ordinal);
        }

        if (text.AsSpan().ContainsAny(Words))
        {
            text = SecretJsonField().Replace(text, "$1\"***\"");
            text = SecretFormField().Replace(text, "$1***");
        }

        text = CardNumber().Replace(text, "***");
        return text.Length <= MaxExcerpt ? text : text[..(char.IsHighSurrogate(text[MaxExcerpt - 1]) ? MaxExcerpt - 1 : MaxExcerpt)];
    }

    /// <summary>Reads at most 16 KiB of a body as UTF-8 before redacting it.</summary>
    public static string Excerpt(ReadOnlySpan<byte> body, IEnumerable<Secret> secrets) =>
        Excerpt(Encoding.UTF8.GetString(body[..Math.Min(body.Length, 16 * 1024)]), secrets);

    [GeneratedRegex("(\"(?:[a-z_]*(?:secret|password|token|api_key|authorization|cvc|cvv)[a-z_]*)\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\"?",
        RegexOptions.IgnoreCase)]
    private static partial Regex SecretJsonField();

    [GeneratedRegex("((?:^|[?&])[a-z_\\[\\]]*(?:secret|password|token|api_key|cvc|cvv)[a-z_\\[\\]]*=)[^&\\s]*", RegexOptions.IgnoreCase)]
    private static partial Regex SecretFormField();

    [GeneratedRegex("(?<![0-9+_a-zA-Z-])(?:[3-6][0-9]{12,18})(?![0-9a-zA-Z])")]
    private static partial Regex CardNumber();
}
