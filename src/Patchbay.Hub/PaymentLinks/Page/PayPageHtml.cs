using System.Globalization;
using System.Net;
using System.Text;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Calls;

namespace Patchbay.Hub.PaymentLinks.Page;

/// <summary>Writes the pages: no scripts but what starts a provider's own, one style, both directions of writing.</summary>
/// <param name="way">The link's path, where it is paid.</param>
/// <param name="address">The page's own path.</param>
internal sealed class PayPageHtml(PayPageTexts texts, string merchant, PaymentLink link, string way, string address)
{
    public const string Style = """
        :root{color-scheme:light dark}*{box-sizing:border-box}
        body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:1rem;background:Canvas;color:CanvasText}
        main{max-inline-size:28rem;margin:6vh auto 0}h1{font-size:1.1rem;font-weight:600;margin:0;overflow-wrap:anywhere}
        .sum{font-size:2rem;font-weight:700;line-height:1.2;margin:.25rem 0 0;overflow-wrap:anywhere}p{margin:.5rem 0}
        .quiet{opacity:.75;overflow-wrap:anywhere}
        .box{border:1px solid color-mix(in srgb,CanvasText 22%,transparent);border-radius:.75rem;padding:1rem;
          margin-block:1rem}
        .bad{border-color:#c62828}.good{border-color:#2e7d32}
        form{display:grid;gap:.75rem;margin-block:1rem}label{display:grid;gap:.25rem}
        input{font:inherit;padding:.6rem;border-radius:.5rem;inline-size:100%;
          border:1px solid color-mix(in srgb,CanvasText 50%,transparent)}
        button,.button{font:inherit;font-weight:600;display:block;inline-size:100%;text-align:center;padding:.75rem;border:0;
          border-radius:.5rem;background:#1a56db;color:#fff;text-decoration:none;cursor:pointer}
        button:focus-visible,.button:focus-visible,input:focus-visible{outline:3px solid #ffb300;outline-offset:2px}
        dl{display:grid;gap:.5rem;margin:0}dt{font-size:.85rem;opacity:.75}dd{margin:0;font-weight:600;overflow-wrap:anywhere}
        .code{max-inline-size:15rem;margin:1rem auto;background:#fff;padding:.5rem;border-radius:.5rem}
        .code svg{display:block;inline-size:100%}
        iframe{border:0;inline-size:100%;block-size:36rem;background:#fff;border-radius:.5rem}
        """;

    /// <summary>A frame of this hub's own page may lead the page on.</summary>
    private const string LeaveFrame = "top.location.replace(document.links[0].href)";

    /// <summary>What is said when nobody knows better.</summary>
    public string Failed => $"{texts.Declined} {texts.TryAgain}";

    /// <summary>Why the payment, or the last try at it, came to nothing.</summary>
    public string WhyNot(Payment payment) => (payment.Facts.Phase switch
    {
        PaymentPhase.Expired => texts.TooLate,
        PaymentPhase.Canceled => texts.Canceled,
        PaymentPhase.Failed when payment.ProviderReference is null => texts.Declined,
        _ => (payment.LastFailureReason ?? payment.FailureReason) switch
        {
            FailureReason.InsufficientFunds => texts.TooLittle,
            FailureReason.ExpiredCard => texts.CardExpired,
            FailureReason.InvalidCard => texts.WrongCard,
            FailureReason.AuthenticationRequired => texts.NotConfirmed,
            FailureReason.LimitExceeded => texts.OverLimit,
            FailureReason.Abandoned => texts.Canceled,
            FailureReason.ProviderUnavailable => texts.Declined,
            _ => texts.Refused,
        },
    }) + " " + texts.TryAgain;

    /// <summary>The payer decides.</summary>
    /// <param name="methods">Names and labels of providers; empty where the rules choose.</param>
    /// <param name="wrong">What was wrong with the last try; null when nothing was.</param>
    public PayDocument Choose(IReadOnlyList<(string Name, string Label)> methods, string? wrong = null) =>
        Choose(methods, wrong is null ? null : Text(wrong), null);

    /// <summary>The payer has chosen an amount that cannot be.</summary>
    public PayDocument ChooseAgain(IReadOnlyList<(string Name, string Label)> methods, string amount) =>
        Choose(methods, Range(texts.WrongAmount), amount);

    /// <summary>The payer goes on with the provider.</summary>
    /// <param name="frame">Where the provider's document is, if there is one.</param>
    /// <param name="checkout">How the provider's script is started; null where there is none.</param>
    /// <param name="goes">They go to the provider's page by themselves.</param>
    public PayDocument Act(Payment payment, NextActionView action, Uri frame, EmbeddedCheckout? checkout, bool goes)
    {
        var (amount, wrong) = (payment.Amount, payment.LastFailureAt is null ? null : Text(WhyNot(payment)));
        return action switch
        {
            { Instructions: { } told } => Instruct(amount, told),
            { Type: "embed" } when !goes => Continue(amount, $"{address}?{PayPage.Go}", wrong, goes),
            { Type: "embed", Html: not null } => Frame(amount, frame, wrong),
            { Type: "embed", Url: { } page } => Frame(amount, page, wrong),
            { Type: "embed", ScriptUrl: { } script } when checkout is not null =>
                Script(amount, script, action, checkout.Start, wrong),
            { Type: not "embed", Url: { } page } => Continue(amount, page.AbsoluteUri, wrong, goes),
            _ => new PayDocument(Page(texts.Pay, amount, null, Alert(Text(texts.CannotHere)))),
        };
    }

    public PayDocument Wait(Money amount, bool isTold) => new(Page(
        texts.Wait, amount, "5", $"""
        <div class="box" role="status"><strong>{Text(texts.Wait)}</strong><p>{Text(isTold ? texts.Told : texts.WaitMore)}</p></div>
        """));

    public PayDocument Paid(Money amount)
    {
        var back = link.Details!.SuccessUrl;
        return new PayDocument(Page(
            texts.Paid, amount, back is null ? null : $"3;url={back.AbsoluteUri}", $"""
            <div class="box good" role="status"><strong>{Text(texts.Paid)}</strong><p>{Text(texts.PaidMore)}</p></div>
            {(back is null ? "" : $"""<p><a class="button" href="{Text(back.AbsoluteUri)}">{Text(texts.Back)}</a></p>""")}
            """));
    }

    public PayDocument Gone() => new(Page(texts.Gone, null, null, GoneBox(texts, "strong")));

    /// <summary>In a frame of the page: leads the page itself on.</summary>
    public PayDocument Leave() => new(Page(
        texts.Wait, null, null,
        $"""<p><a class="button" target="_top" href="{Text(address)}">{Text(texts.Continue)}</a></p><script>{LeaveFrame}</script>"""))
    {
        Inline = LeaveFrame, IsFramed = true,
    };

    /// <summary>Without a link nothing is told of anybody.</summary>
    public static PayDocument Unknown(PayPageTexts texts) =>
        new(Document(texts, texts.Gone, null, $"<main>{GoneBox(texts, "h1")}</main>")) { Status = 404 };

    private PayDocument Choose(IReadOnlyList<(string Name, string Label)> methods, string? wrong, string? amount)
    {
        var form = new StringBuilder(Alert(wrong)).Append($"""<form method="post" action="{Text(way)}">""");
        if (link.Amount is null)
        {
            var mark = amount is null ? "" : $" value=\"{Text(amount)}\" aria-invalid=\"true\" autofocus";
            form.Append($"""
                <div><label><span>{Text(texts.Amount)} (<bdi>{link.Currency.Code}</bdi>)</span>
                <input name="amount" inputmode="decimal" required maxlength="40" autocomplete="off" dir="ltr"
                 aria-describedby="range"{mark}>
                </label><span class="quiet" id="range">{Range(texts.Between)}</span></div>
                """);
        }

        if (methods.Count == 0)
            form.Append($"<button>{Text(texts.Pay)}</button>");
        foreach (var (name, label) in methods)
            form.Append($"""<button name="method" value="{Text(name)}">{Text(texts.PayWith)} <bdi>{Text(label)}</bdi></button>""");
        return new PayDocument(Page(texts.Pay, null, null, form.Append("</form>").ToString()));
    }

    /// <summary>Who comes back may have paid already, before the hub was told: the page looks again.</summary>
    private PayDocument Continue(Money amount, string to, string? wrong, bool goes) => new(Page(
        texts.Continue, amount, goes ? $"0;url={to}" : "5", $"""
        {Alert(wrong)}<p><a class="button" rel="noreferrer" href="{Text(to)}">{Text(texts.Continue)}</a></p>
        {(goes || wrong is not null ? "" : $"""<p class="quiet">{Text(texts.PaidAlready)}</p>""")}
        """));

    private PayDocument Frame(Money amount, Uri page, string? wrong) => new(Page(
        texts.Pay, amount, null,
        $"""{Alert(wrong)}<iframe title="{Text(texts.Pay)}" src="{Text(page.AbsoluteUri)}" allow="payment"></iframe>"""))
    {
        Frame = page,
    };

    private PayDocument Script(Money amount, Uri script, NextActionView action, string? start, string? wrong)
    {
        var token = Text(action.CashierToken ?? "");
        return new PayDocument(Page(texts.Pay, amount, null, $"""
            {Alert(wrong)}<noscript>{Alert(Text(texts.NeedsScript))}</noscript><div id="cashier"></div>
            <script src="{Text(script.AbsoluteUri)}" data-cashier-key="{Text(action.CashierKey ?? "")}"
             data-cashier-token="{token}" data-language="{texts.Locale}"></script>
            {(start is null ? "" : $"""<script data-token="{token}" data-language="{texts.Locale}">{start}</script>""")}
            """)) { Script = script, Inline = start };
    }

    /// <summary>The payer sends the money themselves.</summary>
    private PayDocument Instruct(Money amount, PayerInstructions told)
    {
        var until = told.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
        var lines = string.Concat(told.Lines.Select(line => $"<dt>{Label(line.Label)}</dt><dd><bdi>{Text(line.Value)}</bdi></dd>"));
        return new PayDocument(Page(texts.SendTo, amount, null, $"""
            <p>{Text(texts.SendTo)}.</p>
            <div class="box"><dl><dt>{Text(texts.Reference)}</dt><dd><bdi>{Text(told.Reference)}</bdi></dd>{lines}
            <dt>{Text(texts.Until)}</dt><dd><bdi>{until}</bdi></dd></dl></div>
            {(told.QrText is { } code ? $"""<div class="code" role="img" aria-label="QR">{QrCodes.Svg(code)}</div>""" : "")}
            {(told.Text is { } own ? $"<p><bdi>{Text(own)}</bdi></p>" : "")}
            <form method="post" action="{Text(address)}/claim">
            {(told.AsksForProof
                ? $"""<label>{Text(texts.Transaction)}<input name="transaction" maxlength="100" dir="ltr"></label>""" : "")}
            <button>{Text(texts.HavePaid)}</button></form>
            """));
    }

    private string Label(string label) =>
        PayPageLabels.Find(label, texts.Locale) is { } name ? Text(name) : $"<bdi>{Text(label)}</bdi>";

    /// <param name="heading">What stands in its first line: a heading where the page has no other.</param>
    private static string GoneBox(PayPageTexts texts, string heading) =>
        $"""<div class="box bad"><{heading}>{Text(texts.Gone)}</{heading}><p>{Text(texts.GoneMore)}</p></div>""";

    /// <param name="html">Null for none.</param>
    private static string Alert(string? html) => html is null ? "" : $"""<p class="box bad" role="alert">{html}</p>""";

    /// <param name="text">Has room for the least and the most.</param>
    private string Range(string text) => string.Format(
        CultureInfo.InvariantCulture, Text(text), Sum(new Money(link.AmountMin, link.Currency)),
        Sum(new Money(link.AmountMax, link.Currency)));

    /// <summary>Kept apart from what stands around it, which may run the other way.</summary>
    private static string Sum(Money amount) => $"""<bdi dir="ltr">{Text(amount.ToString())}</bdi>""";

    private string Page(string title, Money? amount, string? refresh, string content)
    {
        var sum = amount ?? link.Amount;
        var description = link.Details!.Description;
        return Document(texts, $"{title} – {merchant}", refresh, $"""
            <main><h1><bdi>{Text(merchant)}</bdi></h1>
            {(sum is { } shown ? $"""<p class="sum">{Sum(shown)}</p>""" : "")}
            {(description is null ? "" : $"""<p class="quiet"><bdi>{Text(description)}</bdi></p>""")}
            {content}</main>
            """);
    }

    private static string Document(PayPageTexts texts, string title, string? refresh, string body) =>
        $"""
        <!doctype html><html lang="{texts.Locale}" dir="{(texts.IsRightToLeft ? "rtl" : "ltr")}"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow">
        {(refresh is null ? "" : $"""<meta http-equiv="refresh" content="{Text(refresh)}">""")}
        <link rel="icon" href="data:,"><title>{Text(title)}</title><style>{Style}</style></head><body>{body}</body></html>
        """;

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
