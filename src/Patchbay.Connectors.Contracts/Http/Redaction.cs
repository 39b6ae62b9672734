using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Patchbay.Connectors.Contracts;

/// <summary>
/// Makes of a text what people may see: known secrets, card numbers, secret-looking fields, documents to be shown in a browser, and what in
/// an address may be a token, are blanked out.
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
            {
                foreach (var escaped in Escaped(value))
                    text = text.Replace(escaped, "***", StringComparison.OrdinalIgnoreCase);
            }
        }

        text = Text(text);
        return text.UpTo(MaxExcerpt);
    }

    /// <summary>Reads at most 16 KiB of a body as UTF-8 before redacting it.</summary>
    public static string Excerpt(ReadOnlySpan<byte> body, IEnumerable<Secret> secrets) =>
        Excerpt(Encoding.UTF8.GetString(body[..Math.Min(body.Length, 16 * 1024)]), secrets);

    /// <summary>A line of the log, a tag of a trace: whole, without card numbers and secret-looking fields.</summary>
    public static string Text(string text)
    {
        if (text.AsSpan().ContainsAny(Words))
        {
            text = SecretJsonField().Replace(text, "$1\"***\"");
            text = SecretFormField().Replace(text, "$1***");
            text = EscapedJsonField().Replace(text, "$1%22***%22");
        }

        if (text.Contains('<', StringComparison.Ordinal) || text.Contains("\\u003c", StringComparison.OrdinalIgnoreCase))
            text = HtmlInJson().Replace(text, "$1\"***\"");

        return CardNumbers.Blank(text);
    }

    /// <summary>
    /// The addresses in a text, plain or JSON, as scheme and host; path and query, in which tokens are carried, are blanked out.
    /// </summary>
    public static string Addresses(string text) => WebAddress().Replace(
        text, found => found.Result(found.Groups["rest"].ValueSpan is "" or "/" ? "${scheme}${host}${rest}" : "${scheme}${host}/***"));

    private static IEnumerable<string> Escaped(string value)
    {
        var escaped = Uri.EscapeDataString(value);
        return new[]
        {
            escaped, escaped.Replace("%20", "+", StringComparison.Ordinal), JsonEncodedText.Encode(value).Value,
            JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        }.Distinct(StringComparer.Ordinal);
    }

    [GeneratedRegex(
        """("[a-z_]*(?:secret|password|token|api_key|authorization|cvc|cvv)[a-z_0-9]*"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|[0-9]+)""",
        RegexOptions.IgnoreCase)]
    private static partial Regex SecretJsonField();

    /// <summary>Also in brackets, plain or escaped: <c>card%5Bcvc%5D=123</c>.</summary>
    [GeneratedRegex(
        @"((?:^|[?&\s])(?:[a-z_0-9\[\]]|%5[bd])*(?:secret|password|token|api_key|cvc|cvv)(?:[a-z_0-9\[\]]|%5[bd])*=)[^&\s]*",
        RegexOptions.IgnoreCase)]
    private static partial Regex SecretFormField();

    /// <summary>A field of JSON that is itself a value of a form.</summary>
    [GeneratedRegex(
        "(%22[a-z_]*(?:secret|password|token|api_key|authorization|cvc|cvv)[a-z_0-9]*%22(?:%20|\\+)*%3A(?:%20|\\+)*)"
            + "%22(?:(?!%22).)*(?:%22)?",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex EscapedJsonField();

    /// <summary>A document for the customer's browser, which may carry tokens anywhere.</summary>
    [GeneratedRegex("""("\s*:\s*)"\s*(?:<|\\u003c)(?:[^"\\]|\\.)*"?""", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex HtmlInJson();

    [GeneratedRegex(
        """(?<scheme>https?://)(?:[^\s"'<>\\/?#]*@)?(?<host>[^\s"'<>\\/?#@]*)(?<rest>(?:[^\s"<>\\]|\\u[0-9a-f]{4}|\\/)*)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WebAddress();
}
