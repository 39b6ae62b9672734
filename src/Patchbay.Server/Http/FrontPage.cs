using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Patchbay.Server.Http;

/// <summary>What <c>/</c> answers: whether the hub is ready and where everything is. Open to anybody, so it tells of no tenant.</summary>
internal static class FrontPage
{
    private static readonly (string Name, string Path, string Is)[] Links =
    [
        ("docs", "/docs", "the API, to read and to try"),
        ("openapi", "/openapi/v1.json", "the same for programs, as OpenAPI 3.1"),
        ("errors", "/docs/errors", "what each error code means"),
        ("health", "/healthz", "whether the process runs"),
        ("readiness", "/readyz", "whether it can take work, for load balancers"),
        ("metrics", "/metrics", "for Prometheus"),
    ];

    public static void MapFrontPage(this WebApplication app) => app.MapGet("/", AnswerAsync).ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(HttpContext context, IServiceProvider services, CancellationToken cancellationToken)
    {
        var (isReady, state) = await Health.ReadinessAsync(shard: null, services, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Vary = "Accept";
        if (WantsJson(context.Request))
            return Results.Text(Json(isReady, state).ToJsonString(), "application/json");
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        var address = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";
        return Results.Content(Html(isReady, state, services.GetService<NextStep>(), address), "text/html; charset=utf-8");
    }

    /// <summary>A browser takes both, and is shown the page.</summary>
    private static bool WantsJson(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept.Select(type => type.MediaType.Value).ToList();
        return accepted.Contains("application/json", StringComparer.OrdinalIgnoreCase)
            && !accepted.Contains("text/html", StringComparer.OrdinalIgnoreCase);
    }

    private static JsonObject Json(bool isReady, string state) => new()
    {
        ["name"] = "Patchbay",
        ["ready"] = isReady,
        ["state"] = state,
        ["links"] = new JsonObject(Links.Select(link => KeyValuePair.Create(link.Name, (JsonNode?)link.Path))),
    };

    private static string Html(bool isReady, string state, NextStep? next, string address)
    {
        var html = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>Patchbay</title><style>:root{color-scheme:light dark}
            body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:46rem;padding:0 1rem}
            h2{font-size:1.15rem;margin:2rem 0 .5rem}code,pre{font-family:ui-monospace,monospace;font-size:.9rem}
            pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:.8rem;border:1px solid #8886;border-radius:.4rem}
            dl{margin:0}dd{margin:0 0 .6rem}
            p[role=status]{white-space:pre-line;padding:.5rem .8rem;border-left:.3rem solid #2a8f4f;background:#2a8f4f1f}
            p.not{border-color:#c0392b;background:#c0392b1f}</style></head>
            <body><h1>Patchbay</h1><p>A self-hosted integration hub: one API to payment, SMS and WhatsApp providers.</p>

            """);
        var shown = WebUtility.HtmlEncode(state);
        html.Append(
            !isReady ? $"<p role=\"status\" class=\"not\">Up, but not ready:\n{shown}</p>\n"
            : state == "ready" ? "<p role=\"status\">Up and ready</p>\n"
            : $"<p role=\"status\">Up and ready:\n{shown}</p>\n");
        if (next is not null)
        {
            var command = WebUtility.HtmlEncode(next.Command.Replace(NextStep.Address, address, StringComparison.Ordinal));
            html.Append($"<h2>What to do next</h2><p>{WebUtility.HtmlEncode(next.Says)}</p><pre>{command}</pre>\n");
        }

        html.Append("<h2>Where things are</h2><dl>\n");
        foreach (var (_, path, what) in Links)
            html.Append($"<dt><a href=\"{path[1..]}\"><code>{path}</code></a></dt><dd>{what}</dd>\n");
        return html.Append("</dl></body></html>\n").ToString();
    }
}
