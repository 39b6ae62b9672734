using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Calls;
using Patchbay.Platform.Api;
using Patchbay.Platform.ShardNames;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentLinks.Page;

/// <summary>The page of a payment link. Open to any browser: the token in its address is the key.</summary>
internal static class PayPage
{
    private const int MaxForm = 4096;
    private const string Mine = "payment";

    /// <summary>
    /// In the query of whoever has just decided to pay: they go on to the provider by themselves. Who comes back from there does not, since
    /// they may have paid before the hub was told.
    /// </summary>
    public const string Go = "go";

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
        if (IsFramed(http))
            return Answer(http, html.Leave());
        if (Present(link) is { } payment)
            return To(token, payment);
        if (http.Request.Cookies[Mine] is { } mine && await page.FindAsync(link, mine, cancellationToken) is { } begun
            && begun.UpdatedAt > page.Now - Remembered)
            return To(token, begun.Id);
        return Answer(http, link.IsOpenAt(page.Now) ? html.Choose(await page.MethodsAsync(link, cancellationToken)) : html.Gone());
    }

    private static async Task<IResult> PayAsync(string token, HttpContext http, PayPageServices page, CancellationToken cancellationToken)
    {
        if (await page.OpenAsync(token, http, cancellationToken) is not { } open)
            return Unknown(http);
        var (link, html) = open;
        if (Present(link) is { } present)
            return Going(token, present);
        if (!link.IsOpenAt(page.Now))
            return Answer(http, html.Gone() with { Status = StatusCodes.Status409Conflict });
        var form = await FormAsync(http, cancellationToken);
        var amount = AmountOf(link, form);
        var method = form?["method"].ToString() is { Length: > 0 } chosen ? chosen : null;
        var begun = amount is { } sum
            ? await page.Payer.PayAsync(link, token, sum, method, cancellationToken) : Error.Invalid("amount", "is wrong");
        if (!begun.IsSuccess)
        {
            var methods = await page.MethodsAsync(link, cancellationToken);
            var again = amount is null ? html.ChooseAgain(methods, form?["amount"].ToString() ?? "") : html.Choose(methods, html.Failed);
            return Answer(http, again with { Status = StatusCodes.Status422UnprocessableEntity });
        }

        // The provider leads the payer back to the link, where another one of several may be paying meanwhile.
        http.Response.Cookies.Append(Mine, begun.Value.ToString(), new CookieOptions
        {
            Path = $"/{LinkHandlers.Path}/{token}", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps,
        });
        return Going(token, begun.Value);
    }

    private static async Task<IResult> ShowPaymentAsync(
        string token, string payment, HttpContext http, PayPageServices page, CancellationToken cancellationToken)
    {
        if (await page.OpenAsync(token, http, cancellationToken, payment) is not var (link, html)
            || await page.FindAsync(link, payment, cancellationToken) is not { } found)
            return Unknown(http);
        if (IsFramed(http))
            return Answer(http, html.Leave());
        if (Present(link) is { } present && present != found.Id)
            return To(token, present);   // a later try
        var action = found.NextAction is { } json && !found.Facts.IsSettled
            ? JsonSerializer.Deserialize<NextActionView>(json, HubJson.Stored) : null;
        return Answer(http, found.Facts.Phase switch
        {
            PaymentPhase.Succeeded or PaymentPhase.Authorized => html.Paid(found.Amount),
            PaymentPhase.Failed or PaymentPhase.Expired or PaymentPhase.Canceled => link.IsOpenAt(page.Now)
                ? html.Choose(await page.MethodsAsync(link, cancellationToken), html.WhyNot(found)) : html.Gone(),
            _ when action is not null && found.Status == PaymentStatus.RequiresAction => html.Act(
                found, action, new Uri($"{page.AddressOf(token)}/{found.Id}/frame"), await page.CheckoutOfAsync(found, cancellationToken),
                goes: http.Request.Query.ContainsKey(Go)),
            _ => html.Wait(found.Amount, isTold: action?.Instructions is not null),
        });
    }

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

    /// <summary>Of a link for one payment: the one that is under way, or has paid it; else null.</summary>
    private static PaymentId? Present(PaymentLink link) => link.Usage == LinkUsage.Single ? link.PaymentId : null;

    private static IResult To(string token, PaymentId payment) => Results.Redirect($"/{LinkHandlers.Path}/{token}/{payment}");

    private static IResult Going(string token, PaymentId payment) =>
        Results.Redirect($"/{LinkHandlers.Path}/{token}/{payment}?{Go}");

    /// <summary>A provider led the payer back in the frame in which they paid.</summary>
    private static bool IsFramed(HttpContext http) => http.Request.Headers["Sec-Fetch-Dest"] == "iframe";

    private static IResult Unknown(HttpContext http) =>
        Answer(http, PayPageHtml.Unknown(PayPageTexts.For(null, PayPageServices.Accepted(http))));

    private static IResult Answer(HttpContext http, PayDocument document)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = document.Policy(PayPageHtml.Style);
        headers["Referrer-Policy"] = document.ReferrerPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        return Results.Content(document.Html, "text/html; charset=utf-8", statusCode: document.Status);
    }
}
