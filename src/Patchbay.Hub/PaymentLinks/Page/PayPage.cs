using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Catalog;
using Patchbay.Platform.Api;
using Patchbay.Platform.Network;
using Patchbay.Platform.ShardNames;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentLinks.Page;

/// <summary>The page of a payment link. Open to any browser: the token in its address is the key.</summary>
internal static class PayPage
{
    private const int MaxForm = 4096;
    private const string Mine = "payment";

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    public static void MapPayPage(this IEndpointRouteBuilder root)
    {
        var group = root.MapGroup("/" + LinkHandlers.Path).ExcludeFromDescription();
        group.MapGet("/{token}", ShowAsync).FoundBy(OwnerAsync);
        group.MapPost("/{token}", PayAsync).FoundBy(OwnerAsync);
        group.MapGet("/{token}/qr.svg", QrSvgAsync).FoundBy(OwnerAsync);
        group.MapGet("/{token}/qr.png", QrPngAsync).FoundBy(OwnerAsync);
        group.MapGet("/{token}/{payment}", ShowPaymentAsync).FoundBy(OwnerAsync);
        group.MapGet("/{token}/{payment}/frame", FrameAsync).FoundBy(OwnerAsync);
        group.MapPost("/{token}/{payment}/claim", ClaimAsync).FoundBy(OwnerAsync);
    }

    private static async ValueTask<TenantId?> OwnerAsync(
        IServiceProvider shard, HttpContext context, CancellationToken cancellationToken) =>
        (await shard.GetRequiredService<LinkHandlers>().FindAsync(context.GetRouteValue("token") as string, cancellationToken))?.TenantId;

    private static async Task<IResult> ShowAsync(string token, HttpContext http, PayPageServices page, CancellationToken cancellationToken)
    {
        if (await page.OpenAsync(token, http, cancellationToken) is not { } open)
            return Unknown(http);
        var (link, html) = open;
        if (link is { Usage: LinkUsage.Single, PaymentId: { } payment })
            return Results.Redirect($"/{LinkHandlers.Path}/{token}/{payment}");
        if (http.Request.Cookies[Mine] is { } mine && await page.FindAsync(link, mine, cancellationToken) is { } begun
            && begun.UpdatedAt > page.Now - Remembered)
            return Results.Redirect($"/{LinkHandlers.Path}/{token}/{begun.Id}");
        return Answer(http, link.IsOpenAt(page.Now) ? html.Choose(await page.MethodsAsync(link, cancellationToken), null) : html.Gone());
    }

    private static async Task<IResult> PayAsync(string token, HttpContext http, PayPageServices page, CancellationToken cancellationToken)
    {
        if (await page.OpenAsync(token, http, cancellationToken) is not { } open)
            return Unknown(http);
        var (link, html) = open;
        if (!link.IsOpenAt(page.Now))
            return Answer(http, html.Gone(), StatusCodes.Status409Conflict);
        var form = await FormAsync(http, cancellationToken);
        var amount = AmountOf(link, form);
        var method = form?["method"].ToString() is { Length: > 0 } chosen ? chosen : null;
        var begun = amount is { } sum
            ? await page.Payer.PayAsync(link, token, sum, method, cancellationToken) : Error.Invalid("amount", "is wrong");
        if (!begun.IsSuccess)
        {
            return Answer(
                http, html.Choose(await page.MethodsAsync(link, cancellationToken), page.Texts(link, http).Declined),
                StatusCodes.Status422UnprocessableEntity);
        }

        // The provider leads the payer back to the link, where another one of several may be paying meanwhile.
        http.Response.Cookies.Append(Mine, begun.Value.ToString(), new CookieOptions
        {
            Path = $"/{LinkHandlers.Path}/{token}", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps,
        });
        return Results.Redirect($"/{LinkHandlers.Path}/{token}/{begun.Value}");
    }

    private static async Task<IResult> ShowPaymentAsync(
        string token, string payment, HttpContext http, PayPageServices page, CancellationToken cancellationToken)
    {
        if (await page.OpenAsync(token, http, cancellationToken, payment) is not var (link, html)
            || await page.FindAsync(link, payment, cancellationToken) is not { } found)
            return Unknown(http);
        var action = found.NextAction is { } json && !found.Facts.IsSettled
            ? JsonSerializer.Deserialize<NextActionView>(json, HubJson.Stored) : null;
        return found.Facts.Phase switch
        {
            PaymentPhase.Succeeded or PaymentPhase.Authorized => Answer(http, html.Paid(found.Amount)),
            PaymentPhase.Failed or PaymentPhase.Expired or PaymentPhase.Canceled => link.IsOpenAt(page.Now)
                ? Answer(http, html.Choose(await page.MethodsAsync(link, cancellationToken), page.Texts(link, http).Declined))
                : Answer(http, html.Gone()),
            PaymentPhase.RequiresAction when action is not null =>
                Act(http, html, found.Amount, action, $"{page.AddressOf(token)}/{found.Id}"),
            _ => Answer(http, html.Wait(found.Amount, isTold: action?.Instructions is not null)),
        };
    }

    /// <param name="own">The address of the payment's page.</param>
    private static IResult Act(HttpContext http, PayPageHtml html, Money amount, NextActionView action, string own) => action switch
    {
        { Type: "instructions", Instructions: { } told } => Answer(http, html.Instruct(amount, told)),
        { Type: "embed", Html: not null } when new Uri(own + "/frame") is var document =>
            Answer(http, html.Frame(amount, document), frame: document),
        { Type: "embed", Url: { } frame } => Answer(http, html.Frame(amount, frame), frame: frame),
        { Type: "embed", ScriptUrl: { } script } => Answer(http, html.Script(amount, action), script: script),
        { Url: { } page } => Answer(http, html.Continue(amount, page)),
        _ => Answer(http, html.Wait(amount, isTold: false)),
    };

    /// <summary>A provider's document, which runs as nobody's: it knows nothing of this hub's pages.</summary>
    private static async Task<IResult> FrameAsync(
        string token, string payment, HttpContext http, PayPageServices page, CancellationToken cancellationToken)
    {
        if (await page.OpenAsync(token, http, cancellationToken) is not var (link, _)
            || await page.FindAsync(link, payment, cancellationToken) is not { NextAction: { } json, Facts.IsSettled: false }
            || JsonSerializer.Deserialize<NextActionView>(json, HubJson.Stored) is not { Html: { } document })
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy =
            "sandbox allow-scripts allow-forms allow-popups allow-top-navigation; frame-ancestors 'self'";
        return Results.Content(document, "text/html; charset=utf-8");
    }

    private static async Task<IResult> ClaimAsync(
        string token, string payment, HttpContext http, PayPageServices page, CancellationToken cancellationToken)
    {
        if (await page.OpenAsync(token, http, cancellationToken) is not var (link, _)
            || await page.FindAsync(link, payment, cancellationToken) is not { } found)
            return Unknown(http);
        var form = await FormAsync(http, cancellationToken);
        var transaction = form?["transaction"].ToString() ?? "";
        await page.Payer.ClaimAsync(link, found.Id, transaction.Length > 100 ? transaction[..100] : transaction, cancellationToken);
        return Results.Redirect($"/{LinkHandlers.Path}/{token}/{payment}");
    }

    private static async Task<IResult> QrSvgAsync(
        string token, HttpContext http, PayPageServices page, CancellationToken cancellationToken) =>
        await page.OpenAsync(token, http, cancellationToken) is null
            ? Results.NotFound() : Results.Text(QrCodes.Svg(page.AddressOf(token)), "image/svg+xml");

    private static async Task<IResult> QrPngAsync(
        string token, HttpContext http, PayPageServices page, CancellationToken cancellationToken) =>
        await page.OpenAsync(token, http, cancellationToken) is null
            ? Results.NotFound() : Results.Bytes(QrCodes.Png(page.AddressOf(token)), "image/png");

    /// <summary>Null when it is not one that a browser sends.</summary>
    private static async Task<IFormCollection?> FormAsync(HttpContext http, CancellationToken cancellationToken) =>
        http.Request is { HasFormContentType: true, ContentLength: <= MaxForm }
            ? await http.Request.ReadFormAsync(cancellationToken) : null;

    /// <summary>Null when the payer chose none that may be chosen. A comma counts as a point.</summary>
    private static Money? AmountOf(PaymentLink link, IFormCollection? form) =>
        link.Amount is { } fixedAmount ? fixedAmount
        : PlainDecimal.TryParse(form?["amount"].ToString().Trim().Replace(',', '.'), out var number)
            && Money.TryFromMajor(number, link.Currency, out var chosen)
            && chosen.MinorUnits >= link.AmountMin && chosen.MinorUnits <= link.AmountMax ? chosen
        : null;

    private static IResult Unknown(HttpContext http) =>
        Answer(http, PayPageHtml.Unknown(PayPageTexts.For(null, PayPageServices.Accepted(http))), StatusCodes.Status404NotFound);

    private static IResult Answer(HttpContext http, string html, int status = 200, Uri? frame = null, Uri? script = null)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = PayPageHtml.Policy(frame, script);
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}

/// <summary>What the page needs of the hub.</summary>
public sealed class PayPageServices(
    LinkHandlers links, LinkPayer payer, PaymentHandlers payments, TenantConfigs configs, ProviderCatalog catalog, PublicAddress address,
    Database database, TimeProvider time)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public LinkPayer Payer => payer;

    public string AddressOf(string token) => address.For($"{LinkHandlers.Path}/{token}").AbsoluteUri;

    internal PayPageTexts Texts(PaymentLink link, HttpContext http) => PayPageTexts.For(link.Details!.Locale, Accepted(http));

    internal static IEnumerable<string> Accepted(HttpContext http) => http.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString());

    /// <summary>The link and its page; null when the token is none.</summary>
    /// <param name="payment">Whose page it is; null: the link's own.</param>
    internal async Task<(PaymentLink Link, PayPageHtml Html)?> OpenAsync(
        string token, HttpContext http, CancellationToken cancellationToken, string? payment = null)
    {
        if (await links.FindAsync(token, cancellationToken) is not { } link)
            return null;
        var tenant = await database.FindAsync(TenantTable.Instance, link.TenantId, cancellationToken);
        var path = $"/{LinkHandlers.Path}/{token}" + (payment is null ? "" : "/" + payment);
        return (link, new PayPageHtml(Texts(link, http), tenant?.Name ?? "", link, path));
    }

    /// <summary>A payment of the link; null when it has none of this id.</summary>
    internal async Task<Payment?> FindAsync(PaymentLink link, string payment, CancellationToken cancellationToken) =>
        PaymentId.TryParse(payment, null, out var id)
        && await payments.FindAsync(link.TenantId, id, cancellationToken) is { } found && found.Origin == link.Id.ToString() ? found : null;

    /// <summary>Names and labels of those among which the payer chooses; empty where the rules choose.</summary>
    internal async Task<IReadOnlyList<(string Name, string Label)>> MethodsAsync(PaymentLink link, CancellationToken cancellationToken)
    {
        if (link.Details!.Methods is not { } methods)
            return [];
        var config = await configs.GetAsync(link.TenantId, cancellationToken);
        return [.. methods.Where(method => LinkMethods.Find(config, link.Mode, method) is not null)
            .Select(method => (method, catalog.Find(method)!.Manifest.DisplayName))];
    }
}
