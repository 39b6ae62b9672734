using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Calls;

namespace Patchbay.Hub.PaymentLinks.Page;

/// <summary>Writes the page: no scripts but a provider's own, one style, both directions of writing.</summary>
internal sealed class PayPageHtml(PayPageTexts texts, string merchant, PaymentLink link, string address)
{
    private const string Style = """
        :root{color-scheme:light dark}*{box-sizing:border-box}
        body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:1rem;background:Canvas;color:CanvasText}
        main{max-inline-size:28rem;margin:6vh auto 0}h1{font-size:1.1rem;font-weight:600;margin:0}
        .sum{font-size:2rem;font-weight:700;margin:.25rem 0 0;overflow-wrap:anywhere}p{margin:.5rem 0}.quiet{opacity:.75}
        .box{border:1px solid color-mix(in srgb,CanvasText 22%,transparent);border-radius:.75rem;padding:1rem;
          margin-block:1rem}
        .bad{border-color:#c62828}.good{border-color:#2e7d32}
        form{display:grid;gap:.75rem}label{display:grid;gap:.25rem}
        input{font:inherit;padding:.6rem;border-radius:.5rem;inline-size:100%;
          border:1px solid color-mix(in srgb,CanvasText 40%,transparent)}
        button,.button{font:inherit;font-weight:600;display:block;inline-size:100%;text-align:center;padding:.75rem;border:0;
          border-radius:.5rem;background:#1a56db;color:#fff;text-decoration:none;cursor:pointer}
        button:focus-visible,.button:focus-visible,input:focus-visible{outline:3px solid #ffb300;outline-offset:2px}
        dl{display:grid;gap:.5rem;margin:0}dt{font-size:.85rem;opacity:.75}dd{margin:0;font-weight:600;overflow-wrap:anywhere}
        .code{max-inline-size:15rem;margin:1rem auto;background:#fff;padding:.5rem;border-radius:.5rem}
        .code svg{display:block;inline-size:100%}
        iframe{border:0;inline-size:100%;block-size:36rem;background:#fff;border-radius:.5rem}
        """;

    /// <summary>What the page may load and where it may lead.</summary>
    public static string Policy(Uri? frame, Uri? script) =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        + (script is null ? "" : $"; script-src {Origin(script)}; connect-src {Origin(script)}; frame-src https:")
        + (script is null && frame is not null ? $"; frame-src {Origin(frame)}" : "");

    /// <summary>The payer decides.</summary>
    /// <param name="methods">Names and labels of providers; empty where the rules choose.</param>
    /// <param name="wrong">What was wrong with the last try; null when nothing was.</param>
    public string Choose(IReadOnlyList<(string Name, string Label)> methods, string? wrong)
    {
        var form = new StringBuilder();
        if (wrong is not null)
            form.Append($"""<p class="box bad" role="alert">{Text(wrong)}</p>""");
        form.Append($"""<form method="post" action="{Text(address)}">""");
        if (link.Amount is null)
        {
            var (least, most) = (new Money(link.AmountMin, link.Currency), new Money(link.AmountMax, link.Currency));
            form.Append($"""
                <label>{Text(texts.Amount)} ({link.Currency.Code})
                <input name="amount" inputmode="decimal" required autocomplete="off" dir="ltr">
                <span class="quiet">{Text(string.Format(CultureInfo.InvariantCulture, texts.Between, least, most))}</span></label>
                """);
        }

        if (methods.Count == 0)
            form.Append($"<button>{Text(texts.Pay)}</button>");
        foreach (var (name, label) in methods)
            form.Append($"""<button name="method" value="{Text(name)}">{Text(texts.PayWith)} <bdi>{Text(label)}</bdi></button>""");
        return Page(texts.Pay, null, null, form.Append("</form>").ToString());
    }

    /// <summary>The payer goes to the provider's page, by themselves in a moment.</summary>
    public string Continue(Money amount, Uri to) => Page(
        texts.Continue, amount, $"0;url={to.AbsoluteUri}",
        $"""<p><a class="button" rel="noreferrer" href="{Text(to.AbsoluteUri)}">{Text(texts.Continue)}</a></p>""");

    public string Frame(Money amount, Uri page) =>
        Page(texts.Pay, amount, null, $"""<iframe title="{Text(texts.Pay)}" src="{Text(page.AbsoluteUri)}" allow="payment"></iframe>""");

    public string Script(Money amount, NextActionView action) => Page(texts.Pay, amount, null, $"""
        <script src="{Text(action.ScriptUrl!.AbsoluteUri)}" data-cashier-key="{Text(action.CashierKey ?? "")}"
         data-cashier-token="{Text(action.CashierToken ?? "")}" data-language="{texts.Locale}"></script>
        """);

    /// <summary>The payer sends the money themselves.</summary>
    public string Instruct(Money amount, PayerInstructions told)
    {
        var until = told.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
        var lines = string.Concat(told.Lines.Select(line => $"<dt>{Text(line.Label)}</dt><dd><bdi>{Text(line.Value)}</bdi></dd>"));
        return Page(texts.SendTo, amount, null, $"""
            <p>{Text(texts.SendTo)}.</p>
            <div class="box"><dl><dt>{Text(texts.Reference)}</dt><dd><bdi>{Text(told.Reference)}</bdi></dd>{lines}
            <dt>{Text(texts.Until)}</dt><dd><bdi>{until}</bdi></dd></dl></div>
            {(told.QrText is { } code ? $"""<div class="code" role="img" aria-label="QR">{QrCodes.Svg(code)}</div>""" : "")}
            {(told.Text is { } own ? $"<p>{Text(own)}</p>" : "")}
            <form method="post" action="{Text(address)}/claim">
            {(told.AsksForProof
                ? $"""<label>{Text(texts.Transaction)}<input name="transaction" maxlength="100" dir="ltr"></label>""" : "")}
            <button>{Text(texts.HavePaid)}</button></form>
            """);
    }

    public string Wait(Money amount, bool isTold) => Page(
        texts.Wait, amount, "5",
        $"""<div class="box"><strong>{Text(texts.Wait)}</strong><p>{Text(isTold ? texts.Told : texts.WaitMore)}</p></div>""");

    public string Paid(Money amount)
    {
        var back = link.Details!.SuccessUrl;
        return Page(
            texts.Paid, amount, back is null ? null : $"3;url={back.AbsoluteUri}", $"""
            <div class="box good"><strong>{Text(texts.Paid)}</strong><p>{Text(texts.PaidMore)}</p></div>
            {(back is null ? "" : $"""<p><a class="button" href="{Text(back.AbsoluteUri)}">{Text(texts.Back)}</a></p>""")}
            """);
    }

    public string Gone() => Page(texts.Gone, null, null, GoneBox(texts));

    /// <summary>Without a link nothing is told of anybody.</summary>
    public static string Unknown(PayPageTexts texts) => Document(texts, texts.Gone, null, $"<main>{GoneBox(texts)}</main>");

    private static string GoneBox(PayPageTexts texts) =>
        $"""<div class="box bad"><strong>{Text(texts.Gone)}</strong><p>{Text(texts.GoneMore)}</p></div>""";

    private string Page(string title, Money? amount, string? refresh, string content)
    {
        var sum = amount ?? link.Amount;
        var description = link.Details!.Description;
        return Document(texts, $"{title} – {merchant}", refresh, $"""
            <main><h1><bdi>{Text(merchant)}</bdi></h1>
            {(sum is { } shown ? $"""<p class="sum"><bdi>{Text(shown.ToString())}</bdi></p>""" : "")}
            {(description is null ? "" : $"""<p class="quiet"><bdi>{Text(description)}</bdi></p>""")}
            {content}</main>
            """);
    }

    private static string Document(PayPageTexts texts, string title, string? refresh, string body) =>
        $"""
        <!doctype html><html lang="{texts.Locale}" dir="{(texts.IsRightToLeft ? "rtl" : "ltr")}"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow">
        {(refresh is null ? "" : $"""<meta http-equiv="refresh" content="{Text(refresh)}">""")}
        <title>{Text(title)}</title><style>{Style}</style></head><body>{body}</body></html>
        """;

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
