using System.Text;
using System.Text.Encodings.Web;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>What the customer sees in the frame in the end: a way out of it, to the address that the caller gave. No scripts.</summary>
internal static class PowerTranzReturnPage
{
    private static readonly Dictionary<string, string> Headers = new()
    {
        ["Content-Security-Policy"] = "default-src 'none'; form-action 'none'; base-uri 'none'",
        ["Cache-Control"] = "no-store",
        ["Referrer-Policy"] = "no-referrer",
    };

    /// <param name="back">Signed by the hub; null for nowhere.</param>
    public static WebhookAnswer Of(string? back)
    {
        var isAddress = Uri.TryCreate(back, UriKind.Absolute, out var url) && url.Scheme is "https" or "http";
        var way = isAddress ? $"<p><a href=\"{HtmlEncoder.Default.Encode(back!)}\" target=_top>Continue</a></p>" : "";
        var page = "<!doctype html><html lang=en><meta charset=utf-8><title>Payment</title><p>This step is done.</p>" + way;
        return new WebhookAnswer(200, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page)) { Headers = Headers };
    }
}
