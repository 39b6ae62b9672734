using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.PaymentGateways;

public abstract class PaymentGatewayTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenLentAsync(databases, kind, _ct);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task An_invoice_is_paid_once_however_often_intent_webhook_and_confirmation_are_repeated()
    {
        var invoice = (await _shop.Client.PostJsonAsync(
            "/api/v1/invoices", new { external_id = "INV-1", currency = "EUR", total = "49.90" })).Text("id")!;

        var intent = await AskAsync("intent", """{"invoiceId":"INV-1","amount":"49.90","currency":"EUR"}""");
        var (reference, payment) = (intent.Text("paymentIntentId")!, intent.Text("paymentId")!);
        Assert.Equal((201, "requires_action"), ((int)intent.Status, intent.Text("status")));
        Assert.StartsWith(reference + "_secret", intent.Text("clientSecret"), StringComparison.Ordinal);
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        var body = $$"""{"paymentIntentId":"{{reference}}","invoiceId":"INV-1"}""";
        var confirmed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskAsync("confirm", body)));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _shop.Client.PostJsonAsync(
            $"/api/v1/payments/{payment}/verify", wait: TimeSpan.FromSeconds(10))));

        Assert.All(confirmed, reply => Assert.Equal(
            (200, "succeeded", "paid", "0.00"),
            ((int)reply.Status, reply.Text("status"), reply.Text("invoiceStatus"), reply.Text("invoiceDue"))));
        Assert.Single((await _shop.Client.GetJsonAsync($"/api/v1/invoices/{invoice}/payments"))["data"].EnumerateArray());
        Assert.Equal(["invoice.created", "invoice.sent", "invoice.paid"], await _shop.EventsAsync(invoice, _ct));
        Assert.Equal(1, _shop.Hub.Sandbox.Ledger.ChargesFor(payment));
    }

    [Fact]
    public async Task An_intent_that_is_open_for_the_same_goes_on()
    {
        // Magic: the customer is declined, and may try again.
        var first = await AskAsync("intent", """{"invoiceId":"of another system","amount":"100.02","currency":"EUR"}""");
        var again = await AskAsync("intent", """{"invoiceId":"of another system","amount":100.02,"currency":"EUR"}""");
        var other = await AskAsync("intent", """{"invoiceId":"of another system","amount":"100.03","currency":"EUR"}""");
        var asked = await AskAsync(
            "confirm", $$"""{"paymentIntentId":"{{first.Text("paymentId")}}","invoiceId":"of another system"}""");

        Assert.Equal((201, 200, 201), ((int)first.Status, (int)again.Status, (int)other.Status));
        Assert.Equal(first.Text("paymentId"), again.Text("paymentId"));
        Assert.NotEqual(first.Text("paymentId"), other.Text("paymentId"));
        Assert.Null(asked.Text("invoiceStatus"));
    }

    [Fact]
    public async Task Many_who_ask_at_once_begin_one_payment_and_an_invoice_has_one_whichever_name_it_is_called_by()
    {
        var invoice = (await _shop.Client.PostJsonAsync(
            "/api/v1/invoices", new { external_id = "INV-8", currency = "EUR", total = "100.02" })).Text("id")!;
        const string body = """{"invoiceId":"INV-8","amount":"100.02","currency":"EUR"}""";

        var many = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync("intent", body)));
        var again = await AskAsync("intent", body.Replace("INV-8", invoice, StringComparison.Ordinal));
        var tooMuch = await AskAsync("intent", """{"invoiceId":"INV-8","amount":"100.03","currency":"EUR"}""");
        await _shop.AddAsync(new { provider = "stripe", mode = "sandbox", credentials = new { secret_key = "sk_test_second" } });
        var newer = await AskAsync("intent", body);

        Assert.All(many, reply => Assert.True((int)reply.Status is 200 or 201 or 409, reply.ToString()));
        Assert.Single(many, reply => (int)reply.Status == 201);
        var payments = (await _shop.Client.GetJsonAsync("/api/v1/payments"))["data"];
        Assert.Equal(1, payments.GetArrayLength());
        var begun = payments[0].GetProperty("id").GetString();
        Assert.Equal((200, begun, 200, begun), ((int)again.Status, again.Text("paymentId"), (int)newer.Status, newer.Text("paymentId")));
        Assert.Equal("is more than is due of the invoice: 100.02", tooMuch["errors.amount"][0].GetString());
    }

    [Fact]
    public async Task A_payment_is_confirmed_by_any_name_that_the_gateway_gave_it()
    {
        const string body = """{"invoiceId":"INV-9","amount":"20.00","currency":"EUR","returnUrl":"https://shop.example/back"}""";
        var intent = await AskAsync("intent", body);
        await _shop.BecomesAsync($"/api/v1/payments/{intent.Text("paymentId")}", "succeeded");

        var page = await AskAsync("confirm", $$"""{"paymentIntentId":"{{intent.Text("paymentIntentId")}}","invoiceId":"INV-9"}""");

        Assert.Equal((200, "succeeded"), ((int)page.Status, page.Text("status")));
        Assert.NotEqual(intent.Text("paymentIntentId"), page.Text("paymentIntentId"));
    }

    [Fact]
    public async Task Refusals_say_what_is_wrong_and_nothing_is_begun()
    {
        await _shop.Client.PostJsonAsync("/api/v1/invoices", new { external_id = "INV-2", currency = "USD", total = "49.90" });

        var nobody = await _shop.Client.PostJsonAsync(
            "/api/payment-gateways/paypal/intent", """{"invoiceId":"INV-2","amount":"1.00","currency":"USD"}""");
        var currency = await AskAsync("intent", """{"invoiceId":"INV-2","amount":"1.00","currency":"EUR"}""");
        var empty = await AskAsync("intent", "{}");
        var unknown = await AskAsync("confirm", """{"paymentIntentId":"pi_none","invoiceId":"INV-2"}""");
        var test = await AskAsync("test", "{}");

        Assert.Equal((404, 422, 422, 404), ((int)nobody.Status, (int)currency.Status, (int)empty.Status, (int)unknown.Status));
        Assert.Equal("must be USD, as the invoice's is", currency["errors.currency"][0].GetString());
        Assert.Equal(["amount", "currency", "invoiceId"], empty["errors"].EnumerateObject().Select(field => field.Name));
        Assert.Equal((200, true), ((int)test.Status, test["ok"].GetBoolean()));
        Assert.Empty((await _shop.Client.GetJsonAsync("/api/v1/payments"))["data"].EnumerateArray());
    }

    private Task<HubReply> AskAsync(string what, string body) => _shop.Client.PostJsonAsync($"/api/payment-gateways/stripe/{what}", body);
}

public sealed class SqlitePaymentGatewayTests(HubDatabases databases) : PaymentGatewayTests(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlPaymentGatewayTests(HubDatabases databases) : PaymentGatewayTests(databases, TestDatabases.PostgreSql);
