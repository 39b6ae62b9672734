using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Patchbay.Server.Http;

/// <summary>Where the <c>type</c> of a problem leads: the table of error codes of <c>docs/api.md</c>, with an anchor for each code.</summary>
internal static partial class ErrorPage
{
    private static readonly Lazy<string> Html = new(Build);

    public static void MapErrorPage(this WebApplication app) =>
        app.MapGet("/docs/errors", () => Results.Content(Html.Value, "text/html; charset=utf-8")).ExcludeFromDescription();

    private static string Build()
    {
        using var reader = new StreamReader(typeof(ErrorPage).Assembly.GetManifestResourceStream("docs/api.md")!);
        var html = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Patchbay: error codes</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}td,th{text-align:left;padding:.3rem .8rem;border-bottom:1px solid #ddd}
            tr:target{background:#fff3c4}code{font-family:ui-monospace,monospace}</style></head>
            <body><h1>Error codes</h1><p>Decide by <code>code</code>; <code>detail</code> says what to do and may change.</p>
            <table><tr><th>status</th><th>code</th><th>means</th></tr>
            """);
        foreach (Match row in Row().Matches(reader.ReadToEnd()))
        {
            foreach (Match code in Code().Matches(row.Groups["codes"].Value))
            {
                var name = WebUtility.HtmlEncode(code.Groups[1].Value);
                var meaning = Code().Replace(WebUtility.HtmlEncode(row.Groups["meaning"].Value.Trim()), "<code>$1</code>");
                html.Append($"<tr id=\"{name}\"><td>{row.Groups["status"].Value}</td><td><code>{name}</code></td><td>{meaning}</td></tr>\n");
            }
        }

        return html.Append("</table></body></html>").ToString();
    }

    [GeneratedRegex(@"^\| (?<status>[45]\d\d(?:, \d+)*) \| (?<codes>`[^|]+) \|(?<meaning>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
