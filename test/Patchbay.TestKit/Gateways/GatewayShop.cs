using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Catalog;
using Patchbay.Sandbox;
using Patchbay.Storage;
using Xunit;

namespace Patchbay.TestKit;

/// <summary>A tenant with one gateway of the sandbox, set up as anybody would: with the manifest's example, and an address.</summary>
public sealed class GatewayShop : IDisposable
{
    private static readonly HttpClient Browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>
    /// Reserve money in the shop's own page only, and capture all of it: <c>RazorpayPaymentTests</c> has their story.
    /// </summary>
    private static readonly string[] ReserveElsewhere = ["razorpay"];

    /// <summary>
    /// Refunds carry no name of the hub's there, and cannot be listed: one whose answer was lost may be left to a person.
    /// </summary>
    private static readonly string[] RefundWithoutName = ["bridgerpay"];

    /// <summary>Give back all of a payment or nothing: <c>WiPayPaymentTests</c> has their story.</summary>
    private static readonly string[] RefundWhole = ["wipay"];

    private readonly SandboxServer _sandbox;
    private readonly string _currency;
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private GatewayShop(SandboxServer sandbox, Provider gateway, HttpClient client) =>
        (_sandbox, Gateway, Captures, Client, _currency) =
            (sandbox, gateway.Name, gateway.Has<ICapturePayment>() && !ReserveElsewhere.Contains(gateway.Name), client,
                CurrencyOf(gateway.Manifest));

    /// <summary>Every gateway that the sandbox plays.</summary>
    public static IReadOnlyList<Provider> Gateways { get; } =
        [.. new ProviderCatalog([typeof(Connectors.BuiltIn).Assembly]).All.Where(
            one => one.Has<IInitiatePayment>() && one.Manifest.Settlement == ProviderSettlement.Provider)];

    public TenantId Tenant { get; private init; }

    public string Gateway { get; }

    /// <summary>It can reserve money on its page, to be captured in part later.</summary>
    public bool Captures { get; }

    /// <summary>It can be told which refund is which.</summary>
    public bool NamesRefunds => !RefundWithoutName.Contains(Gateway);

    public bool RefundsInPart => !RefundWhole.Contains(Gateway);

    public HttpClient Client { get; }

    public Uri WebhookUrl { get; private set; } = null!;

    /// <summary>Retries are quick, so that no test has to wait for them.</summary>
    /// <param name="without">Credentials that are left out.</param>
    public static async Task<GatewayShop> OpenAsync(HubHost hub, Provider gateway, params string[] without)
    {
        var (tenant, key) = await hub.CreateTenantAsync("Shop of " + gateway.Name, TestContext.Current.CancellationToken);
        var shop = new GatewayShop(hub.Sandbox, gateway, hub.Client(key)) { Tenant = tenant };
        await shop.ConnectAsync(gateway, without);
        return shop;
    }

    /// <inheritdoc cref="OpenAsync(HubHost, Provider, string[])"/>
    /// <param name="client">With a key of a tenant of its own; the shop's from here on.</param>
    public static async Task<GatewayShop> OpenAsync(SandboxServer sandbox, HttpClient client, Provider gateway)
    {
        var shop = new GatewayShop(sandbox, gateway, client);
        await shop.ConnectAsync(gateway, []);
        return shop;
    }

    /// <summary>A payment that waits for its customer.</summary>
    /// <param name="reference">May end in a magic code.</param>
    public async Task<HubReply> PayAsync(string amount, string reference = "order-7", string capture = "automatic")
    {
        var begun = await BeginAsync(amount, reference, capture);
        return await BecomesAsync($"/api/v1/payments/{begun.Text("id")}", payment => payment.Text("status") == "requires_action");
    }

    /// <summary>A payment that was accepted.</summary>
    public async Task<HubReply> BeginAsync(string amount, string reference, string capture)
    {
        var begun = await Client.PostJsonAsync(
            "/api/v1/payments",
            new
            {
                amount, currency = _currency, reference, capture, return_url = "https://shop.example/thanks",
                customer = new { id = "cus-1", name = "Jane Doe", email = "jane@example.com", phone = "+919876543210" },
            },
            $"key-{amount}-{reference}");
        Assert.True((int)begun.Status == 202, begun.ToString());
        return begun;
    }

    /// <summary>The customer does something, on the gateway's page where it has one: pays, or is declined.</summary>
    public async Task ActAsync(HubReply payment, string what = "")
    {
        if (payment["next_action"].ValueKind == JsonValueKind.Null || payment.Text("next_action.url") is null)
        {
            var reference = payment.Text("provider_reference")!;
            Assert.True(what == "" ? _sandbox.Pay(reference) : _sandbox.Decline(reference), "The double knows no such payment.");
            return;
        }

        using var answer = await Browser.PostAsync(new Uri(payment.Text("next_action.url") + what), null, _ct);
        Assert.True((int)answer.StatusCode < 400, $"The page answered {(int)answer.StatusCode}.");
    }

    /// <summary>A payment that its customer has paid.</summary>
    public async Task<string> PaidAsync(string amount, string reference = "order-7")
    {
        var payment = await PayAsync(amount, reference);
        await ActAsync(payment);
        return (await BecomesAsync($"/api/v1/payments/{payment.Text("id")}", one => one.Text("status") == "succeeded")).Text("id")!;
    }

    /// <summary>A payment that its customer has agreed to, and that waits to be captured.</summary>
    public async Task<string> ReservedAsync(string amount)
    {
        var payment = await PayAsync(amount, capture: "manual");
        await ActAsync(payment);
        return (await BecomesAsync($"/api/v1/payments/{payment.Text("id")}", one => one.Text("status") == "authorized")).Text("id")!;
    }

    public async Task<string> RefundAsync(string payment, string amount)
    {
        var begun = await Client.PostJsonAsync($"/api/v1/payments/{payment}/refunds", new { amount }, "refund-" + amount);
        Assert.True((int)begun.Status == 202, begun.ToString());
        return begun.Text("id")!;
    }

    public Task<HubReply> BecomesAsync(string path, Func<HubReply, bool> holds) => Client.BecomesAsync(path, holds);

    /// <summary>What the inbox says of the webhooks about something.</summary>
    public async Task<IReadOnlyList<string?>> ToldAsync(string subject) =>
        [.. (await Client.GetJsonAsync("/api/v1/inbox?limit=200"))["data"].EnumerateArray()
            .Where(one => one.GetProperty("subjects").EnumerateArray().Any(id => id.GetString() == subject))
            .Select(one => one.GetProperty("status").GetString())];

    public void Dispose() => Client.Dispose();

    private async Task ConnectAsync(Provider gateway, string[] without)
    {
        var settings = new { timeout_seconds = 2, retry = new { first_delay_seconds = 0.05 } };
        var made = await _sandbox.ConnectAsync(Client, gateway.Manifest, settings, without);
        WebhookUrl = new Uri(made.Text("webhook_url")!);
    }

    private static string CurrencyOf(ProviderManifest manifest) =>
        manifest.Currencies.Contains("*") || manifest.Currencies.Contains("EUR") ? "EUR" : manifest.Currencies[0];
}
