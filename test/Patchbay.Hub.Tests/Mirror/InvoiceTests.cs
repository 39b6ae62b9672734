using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Mirror.Invoices;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Mirror;

public abstract class InvoiceTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenLentAsync(databases, kind, _ct);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task An_invoice_is_paid_by_payments_alone_whichever_of_its_names_they_give()
    {
        var invoice = await MirrorAsync("INV/1", "100.00", new { customer_id = await CustomerAsync("C-1") });
        Assert.Equal(("sent", "100.00"), (invoice.Text("status"), invoice.Text("due")));
        Assert.Equal(422, (int)(await _shop.Client.PatchJsonAsync(Path(invoice), new { status = "paid" })).Status);

        var first = await PayAsync("INV/1", "40.00");
        var half = await _shop.BecomesAsync(Path(invoice), "partially_paid");
        var second = await PayAsync(invoice.Text("id")!, "60.00");
        var paid = await _shop.BecomesAsync(Path(invoice), "paid");
        await _shop.Client.PostJsonAsync($"/api/v1/payments/{second}/verify", null, wait: TimeSpan.FromSeconds(10));

        Assert.Equal(("40.00", "60.00"), (half.Text("paid"), half.Text("due")));
        Assert.Equal(("100.00", "0.00"), (paid.Text("paid"), paid.Text("due")));
        var records = await _shop.Client.GetJsonAsync(Path(invoice) + "/payments");
        Assert.Equal(
            [(second, "60.00"), (first, "40.00")],
            records["data"].EnumerateArray().Select(record => (record.Text("payment_id")!, record.Text("amount")!)));
        Assert.Equal(
            ["invoice.created", "invoice.sent", "invoice.partially_paid", "invoice.paid"],
            await _shop.EventsAsync(invoice.Text("id")!, _ct));
    }

    [Fact]
    public async Task What_is_paid_beyond_an_invoice_or_on_a_void_one_is_the_customers_credit()
    {
        var customer = await CustomerAsync("C-2");
        var invoice = await MirrorAsync("INV-2", "50.00", new { customer_id = customer });
        var withdrawn = await MirrorAsync("INV-3", "10.00", new { customer_id = "C-2" });
        await PayAsync("INV-2", "70.00");
        await _shop.BecomesAsync(Path(invoice), "paid");
        Assert.Equal("20.00", await CreditAsync(customer));

        var waits = (await _shop.PayAsync("10.00", new { invoice_id = "INV-3" })).Text("id")!;
        await _shop.Client.PatchJsonAsync(Path(withdrawn), new { status = "void" });
        await _shop.BecomesAsync($"/api/v1/payments/{waits}", "succeeded");
        Assert.Equal("30.00", await CreditAsync(customer));
        Assert.Equal("void", (await _shop.Client.GetJsonAsync(Path(withdrawn))).Text("status"));
        Assert.Contains("alert.raised", await _shop.EventsAsync(withdrawn.Text("id")!, _ct));

        await _shop.Client.PatchJsonAsync(Path(invoice), new { total = "65.00" });
        Assert.Equal("15.00", await CreditAsync(customer));
    }

    [Fact]
    public async Task Payments_and_changes_of_one_invoice_at_once_lose_nothing()
    {
        var customer = await CustomerAsync("C-3");
        var invoice = await MirrorAsync("INV-10", "8.00", new { customer_id = customer });

        var payments = Enumerable.Range(0, 10).Select(_ => PayAsync("INV-10", "1.00"));
        var changes = Enumerable.Range(0, 20).Select(number => _shop.Client.PatchJsonAsync(
            number % 2 == 0 ? Path(invoice) : $"/api/v1/customers/{customer}",
            number % 2 == 0 ? new { number = $"{number}" } : new { name = $"{number}" }));
        var (paid, changed) = (Task.WhenAll(payments), Task.WhenAll(changes));

        Assert.All(await changed, reply => Assert.Equal(200, (int)reply.Status));
        Assert.Equal(10, (await paid).Distinct().Count());
        Assert.Equal("10.00", (await _shop.BecomesAsync(Path(invoice), "paid")).Text("paid"));
        Assert.Equal("2.00", await CreditAsync(customer));
    }

    [Fact]
    public async Task What_is_given_back_is_owed_again()
    {
        var customer = await CustomerAsync("C-4");
        var invoice = await MirrorAsync("INV-4", "30.00", new { customer_id = customer });
        var payment = await PayAsync("INV-4", "35.00");
        await _shop.BecomesAsync(Path(invoice), "paid");

        await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/refunds", new { amount = "10.00" }, "r-1");
        var reopened = await _shop.BecomesAsync(Path(invoice), "partially_paid");

        Assert.Equal(("25.00", "5.00"), (reopened.Text("paid"), reopened.Text("due")));
        Assert.Null(await CreditAsync(customer));
        var record = (await _shop.Client.GetJsonAsync(Path(invoice) + "/payments"))["data"][0];
        Assert.Equal(("35.00", "10.00"), (record.Text("amount"), record.Text("returned")));
        Assert.Equal("invoice.updated", (await _shop.EventsAsync(invoice.Text("id")!, _ct))[^1]);
    }

    [Fact]
    public async Task Payments_for_invoices_that_they_cannot_be_for_are_refused_before_anything_happens()
    {
        await MirrorAsync("INV-5", "30.00");
        var other = await _shop.PayAsync("5.00", new { invoice_id = "INV-5", currency = "USD" });
        var none = await _shop.PayAsync("5.00", new { invoice_id = "inv_01kank5t7yec2v9w3r8m4h6d1q" });
        var unknown = await _shop.PayAsync("5.00", new { invoice_id = "of another system" });

        Assert.Equal((422, 422, 202), ((int)other.Status, (int)none.Status, (int)unknown.Status));
        Assert.Equal("must be EUR, as the invoice's is", other["errors.currency"][0].GetString());
        Assert.Equal("is no invoice that is mirrored here", none["errors.invoice_id"][0].GetString());
        Assert.Single((await _shop.Client.GetJsonAsync("/api/v1/payments"))["data"].EnumerateArray());
    }

    [Fact]
    public async Task The_clock_makes_an_invoice_overdue_once_and_a_later_date_takes_it_back()
    {
        var late = await MirrorAsync("INV-6", "30.00", new { due_at = TimeProvider.System.GetUtcNow().AddDays(-1) });
        var soon = await MirrorAsync("INV-7", "30.00", new { due_at = TimeProvider.System.GetUtcNow().AddMilliseconds(400) });
        Assert.Equal(("overdue", "sent"), (late.Text("status"), soon.Text("status")));

        await Task.Delay(TimeSpan.FromMilliseconds(500), _ct);
        var due = _shop.Hub.Services.GetRequiredService<OverdueInvoices>();
        await Task.WhenAll(due.RunAsync(_ct), due.RunAsync(_ct));
        Assert.Equal("overdue", (await _shop.Client.GetJsonAsync(Path(soon))).Text("status"));
        await _shop.Client.PatchJsonAsync(Path(soon), new { due_at = TimeProvider.System.GetUtcNow().AddDays(1) });

        Assert.Equal("sent", (await _shop.Client.GetJsonAsync(Path(soon))).Text("status"));
        Assert.Equal(
            ["invoice.created", "invoice.sent", "invoice.overdue", "invoice.updated"],
            await _shop.EventsAsync(soon.Text("id")!, _ct));
        Assert.Equal(["invoice.created", "invoice.overdue"], await _shop.EventsAsync(late.Text("id")!, _ct));
    }

    [Fact]
    public async Task An_invoice_is_written_anew_by_the_business_systems_id_and_what_is_fixed_stays()
    {
        const string Named = "/api/v1/invoices/by-external-id/INV%2F2026%2F8";
        var made = await _shop.Client.PutJsonAsync(Named, new { currency = "EUR", total = "10.00", number = "8", status = "draft" });
        var again = await _shop.Client.PutJsonAsync(Named, new { currency = "EUR", total = "12.00" });
        var twice = await _shop.Client.PostJsonAsync(
            "/api/v1/invoices", new { external_id = "INV/2026/8", currency = "EUR", total = "1.00" });
        var other = await _shop.Client.PutJsonAsync(Named, new { currency = "USD", total = "12.00" });
        var nobody = await _shop.Client.PatchJsonAsync(Path(made), new { customer_id = "C-nobody" });

        Assert.Equal((201, 200, 409, 409, 422), (
            (int)made.Status, (int)again.Status, (int)twice.Status, (int)other.Status, (int)nobody.Status));
        Assert.Equal("INV/2026/8", again.Text("external_id"));
        Assert.Equal((made.Text("id"), null, "12.00", "sent"), (
            again.Text("id"), again.Text("number"), again.Text("total"), again.Text("status")));
        Assert.Equal(("external_id_taken", "invoice_fixed"), (twice.Text("code"), other.Text("code")));
        Assert.Equal(
            again.Text("id"), (await _shop.Client.GetJsonAsync("/api/v1/invoices?external_id=INV%2F2026%2F8"))["data"][0].Text("id"));
    }

    [Fact]
    public async Task Bad_invoices_are_refused_field_by_field()
    {
        var bad = await _shop.Client.PostJsonAsync("/api/v1/invoices", new
        {
            external_id = "inv_01kank5t7yec2v9w3r8m4h6d1q", currency = "EUR", total = "1.001", number = new string('n', 101),
            lines = new[] { new { description = "", quantity = "two" } },
        });
        var bare = await _shop.Client.PostJsonAsync("/api/v1/invoices", new { external_id = "INV-9", total = "0" });

        Assert.Equal((422, 422), ((int)bad.Status, (int)bare.Status));
        Assert.Equal(
            ["external_id", "lines[0].description", "lines[0].quantity", "number", "total"],
            bad["errors"].EnumerateObject().Select(field => field.Name));
        Assert.Equal(["currency", "total"], bare["errors"].EnumerateObject().Select(field => field.Name));
    }

    private static string Path(HubReply invoice) => $"/api/v1/invoices/{invoice.Text("id")}";

    private async Task<string> CustomerAsync(string externalId) =>
        (await _shop.Client.PostJsonAsync("/api/v1/customers", new { external_id = externalId, name = "Ann" })).Text("id")!;

    private async Task<HubReply> MirrorAsync(string externalId, string total, object? more = null)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        (body["external_id"], body["currency"], body["total"]) = (externalId, "EUR", total);
        var reply = await _shop.Client.PostJsonAsync("/api/v1/invoices", body);
        Assert.True((int)reply.Status == 201, reply.ToString());
        return reply;
    }

    private async Task<string> PayAsync(string invoice, string amount)
    {
        var payment = (await _shop.PayAsync(amount, new { invoice_id = invoice })).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        return payment;
    }

    /// <summary>Null when there is none.</summary>
    private async Task<string?> CreditAsync(string customer)
    {
        var credits = (await _shop.Client.GetJsonAsync($"/api/v1/customers/{customer}"))["credits"];
        return credits.GetArrayLength() == 0 ? null : credits[0].Text("amount");
    }
}

public sealed class SqliteInvoiceTests(HubDatabases databases) : InvoiceTests(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlInvoiceTests(HubDatabases databases) : InvoiceTests(databases, TestDatabases.PostgreSql);
