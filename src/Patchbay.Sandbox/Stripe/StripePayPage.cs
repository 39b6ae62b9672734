using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Stripe;

/// <summary>The hosted page at <c>/stripe/pay/{id}</c>, where the customer pays or is declined.</summary>
internal sealed class StripePayPage(StripeBooks books, StripeCustomer customer)
{
    private const string Style =
        "body{font:16px system-ui;max-width:26rem;margin:12vh auto;padding:0 1rem;color:#1f2933}h1{font-size:2rem;margin:.2rem 0}" +
        "form{display:inline}button{font:inherit;padding:.6rem 1.4rem;margin:1rem .5rem 0 0;border:1px solid #1f2933;border-radius:.4rem;background:#fff;cursor:pointer}" +
        "button.pay{background:#1f2933;color:#fff}p.note{color:#7b8794}";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/stripe/pay/{id}", http => ShowAsync(http, declined: false));
        app.MapPost("/stripe/pay/{id}", PayAsync);
        app.MapPost("/stripe/pay/{id}/decline", http =>
        {
            customer.Decline(IdOf(http));
            return ShowAsync(http, declined: true);
        });
    }

    private async Task PayAsync(HttpContext http)
    {
        var id = IdOf(http);
        customer.Pay(id);
        var back = books.Session(id)?.SuccessUrl.Replace("{CHECKOUT_SESSION_ID}", id, StringComparison.Ordinal) ?? books.Payment(id)?.ReturnUrl;
        if (back is null)
        {
            await ShowAsync(http, declined: false);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = back;
    }

    private async Task ShowAsync(HttpContext http, bool declined)
    {
        var id = IdOf(http);
        http.Response.ContentType = "text/html; charset=utf-8";
        if (Read(id) is not var (amount, currency, what, open))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            await http.Response.WriteAsync("<p>There is no such payment.</p>", http.RequestAborted);
            return;
        }

        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=en><meta charset=utf-8><title>Pay</title><style>{Style}</style>")
            .Append(CultureInfo.InvariantCulture, $"<p class=note>Sandbox payment page. No money moves.</p><h1>{Amount(amount, currency)}</h1><p>{HtmlEncoder.Default.Encode(what)}</p>");
        if (declined && open)
            text.Append("<p role=alert>Your card was declined. You can try again.</p>");
        if (open)
        {
            text.Append(CultureInfo.InvariantCulture, $"<form method=post action=\"/stripe/pay/{id}\"><button class=pay>Pay</button></form>")
                .Append(CultureInfo.InvariantCulture, $"<form method=post action=\"/stripe/pay/{id}/decline\"><button>Decline</button></form>");
        }
        else
        {
            text.Append("<p role=status>There is nothing left to do here.</p>");
        }

        await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
    }

    private (long Amount, string Currency, string What, bool Open)? Read(string id)
    {
        if (books.Session(id) is { } session)
        {
            lock (session.Gate)
                return (session.Amount, session.Currency, session.Reference ?? session.Id, session.Status == "open");
        }

        if (books.Payment(id) is not { } payment)
            return null;
        lock (payment.Gate)
            return (payment.Amount, payment.Currency, payment.Reference ?? payment.Id, payment.AwaitsCustomer);
    }

    /// <summary>In major units. Stripe counts ISK and UGX in hundredths, though they have none.</summary>
    private static string Amount(long amount, string code)
    {
        var currency = Currency.Parse(code);
        var decimals = currency.Code is "ISK" or "UGX" ? 2 : currency.Exponent;
        return $"{(amount / (decimal)Math.Pow(10, decimals)).ToString("F" + decimals, CultureInfo.InvariantCulture)} {currency.Code}";
    }

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
