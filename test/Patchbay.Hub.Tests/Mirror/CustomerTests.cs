using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Mirror;

public abstract class CustomerTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenLentAsync(databases, kind, _ct);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task A_customer_is_mirrored_changed_in_part_and_written_anew()
    {
        var made = await _shop.Client.PostJsonAsync("/api/v1/customers", new
        {
            external_id = "C-1", name = "Ann", email = "ann@example.com", phone = "+4915112345678", country = "de", language = "de",
            time_zone = "Europe/Berlin", metadata = new { tier = "gold" },
        });
        var id = made.Text("id")!;
        var changed = await _shop.Client.PatchJsonAsync($"/api/v1/customers/{id}", new { name = "Ann Example" });
        var anew = await _shop.Client.PutJsonAsync("/api/v1/customers/by-external-id/C-1", new { name = "Ann B." });
        var another = await _shop.Client.PutJsonAsync("/api/v1/customers/by-external-id/C-2", new { name = "Bob" });
        var twice = await _shop.Client.PostJsonAsync("/api/v1/customers", new { external_id = "C-1" });

        Assert.Equal((201, 200, 200, 201, 409), (
            (int)made.Status, (int)changed.Status, (int)anew.Status, (int)another.Status, (int)twice.Status));
        Assert.Equal(
            ("Ann Example", "ann@example.com", "DE", "gold"),
            (changed.Text("name"), changed.Text("email"), changed.Text("country"), changed.Text("metadata.tier")));
        Assert.Equal((id, "Ann B.", null), (anew.Text("id"), anew.Text("name"), anew.Text("email")));
        Assert.Equal(id, (await _shop.Client.GetJsonAsync("/api/v1/customers?external_id=C-1"))["data"][0].Text("id"));
        Assert.Equal(["customer.created", "customer.updated", "customer.updated"], await _shop.EventsAsync(id, _ct));
    }

    [Fact]
    public async Task Of_two_that_mirror_the_same_at_once_one_makes_it()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => _shop.Client.PutJsonAsync(
            "/api/v1/customers/by-external-id/C-3", new { name = $"Name {number}" })));

        Assert.Single(replies, reply => (int)reply.Status == 201);
        Assert.Single(replies.Select(reply => reply.Text("id")).Distinct());
    }

    [Fact]
    public async Task Bad_customers_are_refused_field_by_field()
    {
        var bad = await _shop.Client.PostJsonAsync("/api/v1/customers", new
        {
            external_id = " ", email = "Ann <ann@example.com>", phone = "0151", country = "ZZ", language = "german",
            time_zone = "Mars/Base", name = new string('n', 201),
        });

        Assert.Equal(422, (int)bad.Status);
        Assert.Equal(
            ["country", "email", "external_id", "language", "name", "phone", "time_zone"],
            bad["errors"].EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task The_timeline_has_all_that_the_key_may_read_newest_first_by_pages()
    {
        var customer = (await _shop.Client.PostJsonAsync("/api/v1/customers", new { external_id = "C-5" })).Text("id")!;
        var invoice = await _shop.Client.PostJsonAsync(
            "/api/v1/invoices", new { external_id = "INV-5", currency = "EUR", total = "9.00", customer_id = "C-5" });
        var payment = await _shop.PayAsync("9.00", new { customer = new { id = "C-5" }, invoice_id = "INV-5" });
        var message = await _shop.Client.PostJsonAsync(
            "/api/v1/messages", new { channel = "sms", to = "+14155550123", body = "Thanks", customer_id = customer });
        await _shop.PayAsync("3.00", new { customer = new { id = "C-6" } });
        await _shop.DeliveredAsync(message.Text("id")!);
        await _shop.DeliveredAsync(payment.Text("id")!);
        var key = await _shop.Client.PostJsonAsync(
            "/api/v1/api-keys", new { name = "desk", permissions = new[] { "read:customers", "read:messages" } });
        using var desk = _shop.Hub.Client(key.Text("secret"));

        var path = $"/api/v1/customers/{customer}/timeline";
        var all = await _shop.Client.GetJsonAsync(path);
        var first = await _shop.Client.GetJsonAsync(path + "?limit=2");
        var second = await _shop.Client.GetJsonAsync($"{path}?limit=2&cursor={first.Text("next_cursor")}");
        var seen = await desk.GetJsonAsync(path);

        string?[] ids = [message.Text("id"), payment.Text("id"), invoice.Text("id")];
        Assert.Equal(ids, Ids(all));
        Assert.Equal(["message", "payment", "invoice"], all["data"].EnumerateArray().Select(entry => entry.Text("type")));
        Assert.Equal(ids, Ids(first).Concat(Ids(second)));
        Assert.Equal("send_sms", all["data"][0].GetProperty("deliveries")[0].Text("capability"));
        Assert.Equal([ids[0]], Ids(seen));
        Assert.Equal(0, seen["data"][0].GetProperty("deliveries").GetArrayLength());

        static IEnumerable<string?> Ids(HubReply reply) =>
            reply["data"].EnumerateArray().Select(entry => entry.GetProperty("data").Text("id"));
    }

    [Fact]
    public async Task An_expense_is_mirrored_changed_and_written_anew()
    {
        var made = await _shop.Client.PostJsonAsync("/api/v1/expenses", new
        {
            external_id = "B-1", supplier = "Paper Ltd", currency = "EUR", total = "18.40", category = "office",
            incurred_at = "2026-11-20T00:00:00Z",
        });
        var changed = await _shop.Client.PatchJsonAsync($"/api/v1/expenses/{made.Text("id")}", new { total = "19.00" });
        var anew = await _shop.Client.PutJsonAsync("/api/v1/expenses/by-external-id/B-1", new
        {
            supplier = "Paper Ltd", currency = "USD", total = "20.00", incurred_at = "2026-11-20T00:00:00Z",
        });
        var bad = await _shop.Client.PostJsonAsync("/api/v1/expenses", new { external_id = "B-2" });

        Assert.Equal((201, 200, 200, 422), ((int)made.Status, (int)changed.Status, (int)anew.Status, (int)bad.Status));
        Assert.Equal(("19.00", "EUR", "office"), (changed.Text("total"), changed.Text("currency"), changed.Text("category")));
        Assert.Equal(("20.00", "USD", null), (anew.Text("total"), anew.Text("currency"), anew.Text("category")));
        Assert.Equal(["currency", "incurred_at", "supplier", "total"], bad["errors"].EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            ["expense.created", "expense.updated", "expense.updated"], await _shop.EventsAsync(made.Text("id")!, _ct));
        Assert.Single((await _shop.Client.GetJsonAsync("/api/v1/expenses?external_id=B-1"))["data"].EnumerateArray());
    }
}

public sealed class SqliteCustomerTests(HubDatabases databases) : CustomerTests(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlCustomerTests(HubDatabases databases) : CustomerTests(databases, TestDatabases.PostgreSql);
