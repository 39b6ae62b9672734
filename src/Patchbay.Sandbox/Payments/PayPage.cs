using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Payments;

/// <summary>The hosted page at <c>/VENDOR/pay/{id}</c>, where the customer pays or is declined.</summary>
/// <param name="path">Instead of <c>pay</c>.</param>
/// <param name="action">What the customer is offered to do, in a word.</param>
public sealed class PayPage(ICustomerDesk desk, string path = "pay", string action = "Pay")
{
    private const string Style =
        "body{font:16px system-ui;max-width:26rem;margin:12vh auto;padding:0 1rem;color:#1f2933}h1{font-size:2rem;margin:.2rem 0}" +
        "form{display:inline}button{font:inherit;padding:.6rem 1.4rem;margin:1rem .5rem 0 0;border:1px solid #1f2933;border-radius:.4rem;" +
        "background:#fff;cursor:pointer}button.pay{background:#1f2933;color:#fff}p.note{color:#7b8794}";

    public void Map(VendorRoutes routes)
    {
        routes.MapPage("GET", $"/{path}/{{id}}", http => ShowAsync(http, declined: false));
        routes.MapPage("POST", $"/{path}/{{id}}", PayAsync);
        routes.MapPage("POST", $"/{path}/{{id}}/decline", DeclineAsync);
    }

    private Task PayAsync(HttpContext http)
    {
        var id = IdOf(http);
        desk.Pay(id);
        return LeaveAsync(http, desk.Show(id)?.ReturnUrl, declined: false);
    }

    /// <summary>Who cannot try again here goes back to the shop.</summary>
    private Task DeclineAsync(HttpContext http)
    {
        var id = IdOf(http);
        desk.Decline(id);
        return LeaveAsync(http, desk.Show(id) is { IsOpen: false } view ? view.ReturnUrl : null, declined: true);
    }

    /// <param name="back">Null: stays on the page.</param>
    private async Task LeaveAsync(HttpContext http, string? back, bool declined)
    {
        if (back is null)
        {
            await ShowAsync(http, declined);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = back;
    }

    private async Task ShowAsync(HttpContext http, bool declined)
    {
        var id = IdOf(http);
        http.Response.ContentType = "text/html; charset=utf-8";
        if (desk.Show(id) is not { } view)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            await http.Response.WriteAsync("<p>There is no such payment.</p>", http.RequestAborted);
            return;
        }

        var text = new StringBuilder()
            .Append(
                CultureInfo.InvariantCulture,
                $"<!doctype html><html lang=en><meta charset=utf-8><link rel=icon href=data:,><title>{action}</title>")
            .Append(CultureInfo.InvariantCulture, $"<style>{Style}</style>")
            .Append(CultureInfo.InvariantCulture, $"<p class=note>Sandbox payment page. No money moves.</p><h1>{view.Amount}</h1>")
            .Append(CultureInfo.InvariantCulture, $"<p>{HtmlEncoder.Default.Encode(view.What)}</p>");
        if (declined && view.IsOpen)
            text.Append("<p role=alert>Your card was declined. You can try again.</p>");
        if (view.IsOpen)
        {
            var page = $"{http.Request.Path.Value!.Split($"/{path}/")[0]}/{path}/{id}";
            text.Append(CultureInfo.InvariantCulture, $"<form method=post action=\"{page}\"><button class=pay>{action}</button></form>")
                .Append(CultureInfo.InvariantCulture, $"<form method=post action=\"{page}/decline\"><button>Decline</button></form>");
        }
        else
        {
            text.Append("<p role=status>There is nothing left to do here.</p>");
        }

        await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
    }

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
