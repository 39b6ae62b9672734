using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.PaymentLinks;
using Patchbay.Hub.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.PaymentLinks;

public abstract class PaymentLinkTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenLentAsync(databases, kind, _ct);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task A_link_is_paid_once_however_many_pay_at_once()
    {
        var link = await LinkAsync(new { amount = "12.50", currency = "EUR", reference = "order-1", description = "Two <b>books</b>" });
        using var first = Browser();
        using var second = Browser();

        var page = await (await first.GetAsync(link["url"].GetString(), _ct)).Content.ReadAsStringAsync(_ct);
        Assert.Contains("12.50 EUR", page, StringComparison.Ordinal);
        Assert.Contains("Two &lt;b&gt;books&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        var begun = await Task.WhenAll(PayAsync(first, link), PayAsync(second, link));
        Assert.Equal(begun[0], begun[1]);
        var id = begun[0].ToString().Split('/')[^1];
        await _shop.BecomesAsync($"/api/v1/payments/{id}", "succeeded");
        var paid = await _shop.BecomesAsync($"/api/v1/payment-links/{link.Text("id")}", "paid");
        var after = await (await second.GetAsync(begun[0], _ct)).Content.ReadAsStringAsync(_ct);

        Assert.Equal((id, 1, null), (paid.Text("payment_id"), paid["paid_count"].GetInt32(), paid.Text("url")));
        Assert.Contains("Your payment has arrived", after, StringComparison.Ordinal);
        Assert.Equal(1, _shop.Hub.Sandbox.Ledger.ChargesFor(id));
        Assert.Equal(
            ["payment_link.created", "payment_link.paid"], await _shop.EventsAsync(link.Text("id")!, _ct));
        Assert.Equal(HttpStatusCode.Redirect, (await first.GetAsync(link["url"].GetString(), _ct)).StatusCode);
    }

    [Fact]
    public async Task A_page_is_for_no_index_loads_nothing_of_others_and_speaks_the_payers_language()
    {
        var link = await LinkAsync(new { amount = "1.00", currency = "EUR", reference = "order-2" });
        using var browser = Browser();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ar-EG,en;q=0.5");

        using var answer = await browser.GetAsync(link["url"].GetString(), _ct);
        var page = await answer.Content.ReadAsStringAsync(_ct);
        using var svg = await browser.GetAsync(link.Text("qr_svg_url"), _ct);
        using var png = await browser.GetAsync(link.Text("qr_png_url"), _ct);
        using var unknown = await browser.GetAsync(new Uri(_shop.Hub.Address, "pay/AAAAAAAAAAAAAAAAAAAAAA"), _ct);

        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", page, StringComparison.Ordinal);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("noindex, nofollow", answer.Headers.GetValues("X-Robots-Tag").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Contains("<svg", await svg.Content.ReadAsStringAsync(_ct), StringComparison.Ordinal);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await png.Content.ReadAsByteArrayAsync(_ct))[..4]);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.DoesNotContain(
            Token(link), (await _shop.Client.GetJsonAsync("/api/v1/payment-links")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_payer_chooses_an_amount_and_a_method_where_there_is_a_choice()
    {
        await _shop.AddAsync(new
        {
            provider = "bank_transfer", mode = "sandbox",
            credentials = new { account_name = "Example Shop GmbH", iban = "DE89370400440532013000" },
        });
        var link = await LinkAsync(new
        {
            amount_min = "5.00", amount_max = "50.00", currency = "EUR", reference = "gift", usage = "multiple",
            methods = new[] { "stripe", "bank_transfer" },
        });
        using var browser = Browser();

        var page = await (await browser.GetAsync(link["url"].GetString(), _ct)).Content.ReadAsStringAsync(_ct);
        using var less = await PostAsync(browser, link, ("amount", "4.99"), ("method", "stripe"));
        using var none = await PostAsync(browser, link, ("amount", "7"), ("method", "plivo"));
        var bank = await PayAsync(browser, link, ("amount", "7,50"), ("method", "bank_transfer"));
        var told = await BecomesAsync(browser, bank, "DE89370400440532013000");
        using var claim = await browser.PostAsync($"{bank}/claim", Form(("transaction", "TX-7")), _ct);
        var waits = await (await browser.GetAsync(bank, _ct)).Content.ReadAsStringAsync(_ct);
        var back = await browser.GetAsync(link["url"].GetString(), _ct);

        Assert.Contains("<bdi>Bank transfer</bdi>", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (less.StatusCode, none.StatusCode));
        Assert.Contains("<svg", told, StringComparison.Ordinal);
        Assert.Contains("7.50 EUR", told, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, claim.StatusCode);
        Assert.Contains("One moment", waits, StringComparison.Ordinal);
        Assert.Equal(bank.AbsolutePath, back.Headers.Location!.ToString());
        var payment = await _shop.Client.GetJsonAsync($"/api/v1/payments/{bank.ToString().Split('/')[^1]}");
        Assert.Equal(("processing", "7.50", "gift"), (payment.Text("status"), payment.Text("amount"), payment.Text("reference")));
        Assert.Single((await _shop.Client.GetJsonAsync("/api/v1/payments"))["data"].EnumerateArray());
    }

    [Fact]
    public async Task A_link_ends_by_its_time_or_by_a_person_and_then_nobody_can_pay()
    {
        var soon = await LinkAsync(new { amount = "1.00", currency = "EUR", reference = "r", expires_at = "2099-12-31T00:00:00Z" });
        var withdrawn = await LinkAsync(new { amount = "1.00", currency = "EUR", reference = "r" });
        var canceled = await _shop.Client.PostJsonAsync($"/api/v1/payment-links/{withdrawn.Text("id")}/cancel");
        var twice = await _shop.Client.PostJsonAsync($"/api/v1/payment-links/{withdrawn.Text("id")}/cancel");
        await _shop.Hub.Services.GetRequiredService<Database>().ExecuteAsync(
            "UPDATE payment_links SET expires_at = @past, due_at = @past WHERE id = @id",
            new { past = TimeProvider.System.GetUtcNow().AddSeconds(-1), id = TypeId.Parse<LinkId>(soon.Text("id")!) }, _ct);
        var due = _shop.Hub.Services.GetRequiredService<ExpiringLinks>();
        using var browser = Browser();
        using var late = await PostAsync(browser, soon);
        await Task.WhenAll(due.RunAsync(_ct), due.RunAsync(_ct));
        using var gone = await PostAsync(browser, withdrawn);

        Assert.Equal(("canceled", 409), (canceled.Text("status"), (int)twice.Status));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (late.StatusCode, gone.StatusCode));
        Assert.Equal("expired", (await _shop.Client.GetJsonAsync($"/api/v1/payment-links/{soon.Text("id")}")).Text("status"));
        Assert.Equal(["payment_link.created", "payment_link.expired"], await _shop.EventsAsync(soon.Text("id")!, _ct));
        Assert.Empty((await _shop.Client.GetJsonAsync("/api/v1/payments"))["data"].EnumerateArray());
    }

    [Fact]
    public async Task Who_was_declined_may_try_again_on_the_same_link()
    {
        var link = await LinkAsync(new { amount = "100.02", currency = "EUR", reference = "order-3" });   // declined
        using var browser = Browser();
        var first = await PayAsync(browser, link);
        var id = first.ToString().Split('/')[^1];
        await _shop.BecomesAsync($"/api/v1/payments/{id}", "requires_action");
        await _shop.Client.PostJsonAsync($"/api/v1/payments/{id}/cancel");
        await _shop.BecomesAsync($"/api/v1/payments/{id}", "canceled");

        var page = await (await browser.GetAsync(first, _ct)).Content.ReadAsStringAsync(_ct);
        var second = await PayAsync(browser, link);

        Assert.Contains("You can try again", page, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Bad_links_are_refused_field_by_field_and_a_repeat_gets_the_same_address()
    {
        var bad = await _shop.Client.PostJsonAsync("/api/v1/payment-links", new
        {
            amount = "1.00", amount_min = "2.00", amount_max = "1.00", currency = "EUR", reference = "", locale = "xx", country = "ZZ",
            success_url = "javascript:alert(1)", methods = new[] { "nobody" }, expires_at = "2020-01-01T00:00:00Z",
        });
        await _shop.Client.PostJsonAsync("/api/v1/invoices", new { external_id = "INV-1", currency = "USD", total = "1.00" });
        var unpayable = await _shop.Client.PostJsonAsync(
            "/api/v1/payment-links", new { amount = "1.00", currency = "EUR", reference = "r", invoice_id = "INV-1" });
        var body = new { amount = "1.00", currency = "EUR", reference = "r" };
        var first = await _shop.Client.PostJsonAsync("/api/v1/payment-links", body, "link-1");
        var again = await _shop.Client.PostJsonAsync("/api/v1/payment-links", body, "link-1");

        Assert.Equal(
            ["amount", "amount_max", "country", "expires_at", "locale", "methods[0]", "reference", "success_url"],
            bad["errors"].EnumerateObject().Select(field => field.Name));
        Assert.Equal("must be USD, as the invoice's is", unpayable["errors.currency"][0].GetString());
        Assert.Equal(first.Text("url"), again.Text("url"));
        Assert.Matches("/pay/[A-Za-z0-9_-]{22}$", first.Text("url"));
    }

    private static HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false });

    private static string Token(HubReply link) => link.Text("url")!.Split('/')[^1];

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private Task<HttpResponseMessage> PostAsync(HttpClient browser, HubReply link, params (string Name, string Value)[] fields) =>
        browser.PostAsync(link.Text("url"), Form(fields), _ct);

    /// <summary>Where the payer is led.</summary>
    private async Task<Uri> PayAsync(HttpClient browser, HubReply link, params (string Name, string Value)[] fields)
    {
        using var answer = await PostAsync(browser, link, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync(_ct));
        return new Uri(new Uri(_shop.Hub.Address, answer.Headers.Location!).GetLeftPart(UriPartial.Path));
    }

    private async Task<string> BecomesAsync(HttpClient browser, Uri page, string text)
    {
        var html = "";
        await Eventually.BecomesAsync(
            async () => (html = await (await browser.GetAsync(page, _ct)).Content.ReadAsStringAsync(_ct))
                .Contains(text, StringComparison.Ordinal),
            TimeSpan.FromSeconds(30), _ct);
        return html;
    }

    private async Task<HubReply> LinkAsync(object body)
    {
        var reply = await _shop.Client.PostJsonAsync("/api/v1/payment-links", body);
        Assert.True((int)reply.Status == 201, reply.ToString());
        return reply;
    }
}

public sealed class SqlitePaymentLinkTests(HubDatabases databases) : PaymentLinkTests(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlPaymentLinkTests(HubDatabases databases) : PaymentLinkTests(databases, TestDatabases.PostgreSql);
