using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Patchbay.Platform.Api;

namespace Patchbay.Server.Http;

/// <summary>Where the <c>type</c> of a problem leads: every code that is declared, with an anchor.</summary>
internal static partial class ErrorPage
{
    public static void MapErrorPage(this WebApplication app, Func<IReadOnlyList<ErrorCode>> codes)
    {
        var html = new Lazy<string>(() => Build(codes()));
        app.MapGet("/docs/errors", () => Results.Content(html.Value, "text/html; charset=utf-8")).ExcludeFromDescription();
    }

    private static string Build(IReadOnlyList<ErrorCode> codes)
    {
        var html = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Patchbay: error codes</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}td,th{text-align:left;padding:.3rem .8rem;border-bottom:1px solid #ddd}
            tr:target{background:#fff3c4}code{font-family:ui-monospace,monospace}</style></head>
            <body><h1>Error codes</h1><p>Decide by <code>code</code>; <code>detail</code> says what to do and may change.</p>
            <table><tr><th>status</th><th>code</th><th>means</th></tr>

            """);
        foreach (var code in codes)
        {
            var meaning = Quoted().Replace(WebUtility.HtmlEncode(code.Meaning), "<code>$1</code>");
            html.Append($"<tr id=\"{code.Word}\"><td>{code.Status}</td><td><code>{code.Word}</code></td><td>{meaning}</td></tr>\n");
        }

        return html.Append("</table></body></html>").ToString();
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
