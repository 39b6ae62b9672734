using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Support;

/// <summary>A tenant with Stripe, Twilio and Plivo in the sandbox, verified and ready.</summary>
internal sealed class Shop(HubHost hub, IAsyncDisposable? owned, TenantId tenant, string key, string stripeKey, HttpClient client)
    : IAsyncDisposable
{
    public const string StripeKey = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";
    public const string WebhookSecret = "whsec_test_secret";
    public const string TwilioSid = "AC0123456789abcdef0123456789abcdef";
    public const string TwilioToken = "0123456789abcdef0123456789abcdef";

    /// <summary>Who pays out is a matter of those tests that are about it.</summary>
    private static readonly string[] TakesMoney =
        ["initiate_payment", "verify_payment", "capture_payment", "cancel_payment", "process_refund"];

    private static int s_count;

    public HubHost Hub => hub;

    public TenantId Tenant => tenant;

    public string Key => key;

    public IReadOnlyDictionary<string, string> StripeCredentials { get; } =
        new Dictionary<string, string> { ["secret_key"] = stripeKey, ["webhook_secret"] = WebhookSecret };

    public HttpClient Client => client;

    public string Stripe { get; private set; } = "";

    public string Twilio { get; private set; } = "";

    public string Plivo { get; private set; } = "";

    /// <summary>Retries are quick, so that no test has to wait for them.</summary>
    public static async Task<Shop> OpenAsync(
        string databaseSetting, CancellationToken cancellationToken, Action<HubHostOptions>? configure = null)
    {
        var hub = await HubHost.StartAsync(databaseSetting, configure, cancellationToken);
        return await OpenAsync(hub, shard: null, StripeKey, hub, cancellationToken);
    }

    /// <summary>On a hub that is given back with the shop's end.</summary>
    public static async Task<Shop> OpenLentAsync(HubDatabases databases, string kind, CancellationToken cancellationToken)
    {
        var hub = await databases.LendAsync(kind, cancellationToken);
        return await OpenAsync(
            hub.Host, shard: null, StripeKey.Insert("sk_test_".Length, $"{Interlocked.Increment(ref s_count)}"), hub, cancellationToken);
    }

    /// <summary>One of several in a hub, which goes on without it.</summary>
    /// <param name="stripeKey">Of its own: the sandbox tells shops apart by it.</param>
    public static Task<Shop> OpenOnAsync(HubHost hub, string shard, string stripeKey, CancellationToken cancellationToken) =>
        OpenAsync(hub, shard, stripeKey, owned: null, cancellationToken);

    private static async Task<Shop> OpenAsync(
        HubHost hub, string? shard, string stripeKey, IAsyncDisposable? owned, CancellationToken cancellationToken)
    {
        var (tenant, key) = await hub.CreateTenantAsync("shop " + Interlocked.Increment(ref s_count), cancellationToken, shard);
        var shop = new Shop(hub, owned, tenant, key, stripeKey, hub.Client(key));
        var settings = new { timeout_seconds = 3, retry = new { first_delay_seconds = 0.05 } };
        shop.Stripe = await shop.AddAsync(new
        {
            provider = "stripe", mode = "sandbox", settings, credentials = shop.StripeCredentials, capabilities = TakesMoney,
        });
        shop.Twilio = await shop.AddAsync(new
        {
            provider = "twilio", mode = "sandbox", settings,
            credentials = new
            {
                account_sid = TwilioSid, auth_token = TwilioToken, from_number = "+14155550100", whatsapp_from = "whatsapp:+14155550100",
            },
        });
        shop.Plivo = await shop.AddAsync(new
        {
            provider = "plivo", mode = "sandbox", settings,
            credentials = new { auth_id = "MAMJY0ZTQ1YTRJNDG1NT", auth_token = "MzRiNmQ0ZjhhMWMyZTNmNGE1YjZjN2Q4ZTlmMGEx",
                src = "14155550101" },
        });
        hub.Sandbox.Connect("stripe", shop.StripeCredentials, new Uri(hub.Address, $"api/webhooks/stripe/{shop.Stripe}"));
        await shop.RuleAsync(
            new { capability = "send_sms", priority = 10, integration_id = shop.Twilio, fallback_integration_ids = new[] { shop.Plivo } });
        return shop;
    }

    public async Task<string> AddAsync(object integration)
    {
        var reply = await client.PostJsonAsync("/api/v1/integrations", integration, wait: TimeSpan.FromSeconds(10));
        Assert.True((int)reply.Status is 200 or 202, reply.ToString());
        var id = reply.Text("id")!;
        await Eventually.BecomesAsync(async () => (await client.GetJsonAsync($"/api/v1/integrations/{id}")).Text("status") == "active",
            TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return id;
    }

    public async Task RuleAsync(object rule)
    {
        var reply = await client.PostJsonAsync("/api/v1/routing-rules", rule);
        Assert.True((int)reply.Status == 201, reply.ToString());
    }

    public async Task<HubReply> PayAsync(string amount, object? more = null, string? key = null, TimeSpan? wait = null)
    {
        var body = JsonSerializer.SerializeToNode(
            new { amount, currency = "EUR", reference = "ord_1", return_url = "https://shop.example/back" })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
            body[name] = value?.DeepClone();
        return await client.PostJsonAsync(
            "/api/v1/payments", body.ToJsonString(), key ?? "pay-" + Interlocked.Increment(ref s_count), wait);
    }

    public async Task<HubReply> BecomesAsync(string path, string status)
    {
        HubReply reply = null!;
        try
        {
            await Eventually.BecomesAsync(async () => (reply = await client.GetJsonAsync(path)).Text("status") == status,
                TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Expected {status}: {reply}\n{await DeliveriesAsync(reply.Text("id")!)}", exception);
        }

        return reply;
    }

    /// <summary>A payment that the customer has paid.</summary>
    public async Task<string> PaidAsync(string amount)
    {
        var reply = await PayAsync(amount);
        Assert.True((int)reply.Status == 202, reply.ToString());
        var id = reply.Text("id")!;
        await BecomesAsync($"/api/v1/payments/{id}", "succeeded");
        return id;
    }

    /// <summary>The customer's bank opens a dispute, or takes one further; the provider's id of it.</summary>
    /// <param name="minorUnits">Null for all of the payment.</param>
    public async Task<string> DisputeAsync(string payment, string status, string? minorUnits = null, string? dispute = null)
    {
        var reference = (await client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("provider_reference");
        using var bank = new HttpClient { BaseAddress = hub.Sandbox.Address };
        var reply = await bank.PostJsonAsync(
            $"control/stripe/payments/{reference}/disputes", new { id = dispute, amount = minorUnits, status });
        Assert.True((int)reply.Status == 200, reply.ToString());
        return reply.Text("id")!;
    }

    /// <summary>An event of Stripe arrives, signed with the shop's secret.</summary>
    public async Task TellAsync(string body)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(WebhookSecret), Encoding.UTF8.GetBytes($"{at}.{body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, $"api/webhooks/stripe/{Stripe}"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("Stripe-Signature", $"t={at},v1={Convert.ToHexStringLower(signature)}");
        using var provider = new HttpClient();
        using var answer = await provider.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    /// <summary>The customer's bank sends a refund back that had succeeded.</summary>
    public async Task ReturnAsync(string refund)
    {
        var reference = (await client.GetJsonAsync($"/api/v1/refunds/{refund}")).Text("provider_reference");
        using var bank = new HttpClient { BaseAddress = hub.Sandbox.Address };
        var reply = await bank.PostJsonAsync($"control/stripe/refunds/{reference}/return", new { });
        Assert.True((int)reply.Status == 204, reply.ToString());
    }

    /// <summary>The newest that does something: what only asks how it stands comes by itself.</summary>
    public async Task<JsonElement> DeliveryOfAsync(string subject)
    {
        var list = await client.GetJsonAsync($"/api/v1/deliveries?subject_id={subject}");
        var id = list["data"].EnumerateArray().First(one => one.GetProperty("capability").GetString() != "verify_payment")
            .GetProperty("id").GetString();
        return (await client.GetJsonAsync($"/api/v1/deliveries/{id}")).Body;
    }

    /// <summary>A webhook may tell of the end before the delivery's own answer does.</summary>
    public async Task<JsonElement> DeliveredAsync(string subject)
    {
        JsonElement delivery = default;
        await Eventually.BecomesAsync(
            async () => (delivery = await DeliveryOfAsync(subject)).GetProperty("status").GetString() == "delivered",
            TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return delivery;
    }

    public async Task<string> DeliveriesAsync(string subject) =>
        (await client.GetJsonAsync($"/api/v1/deliveries?subject_id={subject}")).ToString();

    public async Task<IReadOnlyList<string>> EventsAsync(string subject, CancellationToken cancellationToken) =>
        await ((Database)hub.Services.GetService(typeof(Database))!).QueryAsync(
            "SELECT type FROM events WHERE tenant_id = @tenant AND subject = @subject ORDER BY id LIMIT 100",
            new { tenant, subject }, row => row.Text("type"), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (owned is not null)
            await owned.DisposeAsync();
    }
}
