using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Upgrades;

/// <summary>
/// A database in which a hub has worked for a while and was stopped: something in every table, and a message still to be sent because its
/// provider is held for an incident.
/// </summary>
/// <param name="Answers">What the API said about what had ended, by path.</param>
/// <param name="Idempotent">A payment's key and the id it was answered with.</param>
internal sealed record LivedIn(
    string Setting, string Key, string Twilio, string Waiting, string WaitingDelivery, IReadOnlyDictionary<string, string> Answers,
    (string Key, string Id) Idempotent)
{
    public static async Task<LivedIn> CreateAsync(string setting, SandboxServer sandbox, CancellationToken cancellationToken)
    {
        await using var shop = await Shop.OpenAsync(setting, cancellationToken, options => options.Sandbox = sandbox);
        var paid = await shop.PayAsync("12.50", key: "lived-in");
        var payment = paid.Text("id")!;
        await shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        var refund = await shop.Client.PostJsonAsync(
            $"/api/v1/payments/{payment}/refunds", new { amount = "2.50" }, "refund-1", TimeSpan.FromSeconds(10));
        await shop.BecomesAsync($"/api/v1/refunds/{refund.Text("id")}", "succeeded");
        var sent = (await SendAsync(shop, "+14155550123")).Text("id")!;
        await shop.BecomesAsync($"/api/v1/messages/{sent}", "delivered");
        var job = await shop.Client.PostJsonAsync("/api/v1/deliveries/retry", new { filter = new { } });
        await shop.BecomesAsync($"/api/v1/jobs/{job.Text("id")}", "done");
        await shop.DeliveredAsync(payment);
        await shop.DeliveredAsync(refund.Text("id")!);
        await shop.DeliveredAsync(sent);
        await shop.Client.PostJsonAsync($"/api/v1/integrations/{shop.Twilio}/incident", new { active = true });
        var waiting = (await SendAsync(shop, "+14155550127")).Text("id")!;
        await Eventually.BecomesAsync(
            async () => (await shop.Client.GetJsonAsync("/api/v1/inbox?limit=200"))["data"].EnumerateArray()
                .All(entry => entry.GetProperty("status").GetString() != "received"),
            TimeSpan.FromSeconds(60), cancellationToken);

        var answers = new Dictionary<string, string>();
        foreach (var path in new[]
        {
            $"payments/{payment}", $"payments/{payment}/refunds", $"messages/{sent}", $"jobs/{job.Text("id")}", "routing-rules", "inbox",
            "audit", "audit/verify", "integrations", "tenant", "deliveries/" + (await shop.DeliveryOfAsync(payment)).GetProperty("id")
                .GetString(), "deliveries/" + (await shop.DeliveryOfAsync(sent)).GetProperty("id").GetString(),
            "deliveries?status=delivered",
        })
        {
            var reply = await shop.Client.GetJsonAsync("/api/v1/" + path);
            Assert.True((int)reply.Status == 200, $"{path}: {reply}");
            answers.Add("/api/v1/" + path, WithoutAddress(reply, shop.Hub));
        }

        Assert.Equal(0, sandbox.Ledger.MessagesFor(waiting));
        var delivery = (await shop.DeliveryOfAsync(waiting)).GetProperty("id").GetString()!;
        return new LivedIn(setting, shop.Client.DefaultRequestHeaders.Authorization!.Parameter!, shop.Twilio, waiting, delivery, answers,
            ("lived-in", payment));
    }

    /// <summary>A hub on the same data says the same, knows what it has answered before, and finishes what was open.</summary>
    public async Task IsWholeInAsync(HubHost hub, SandboxServer sandbox, CancellationToken cancellationToken)
    {
        using var client = hub.Client(Key);
        foreach (var (path, answer) in Answers)
            Assert.Equal(answer, WithoutAddress(await client.GetJsonAsync(path), hub));
        var body = new { amount = "12.50", currency = "EUR", reference = "ord_1", return_url = "https://shop.example/back" };
        var again = await client.PostJsonAsync("/api/v1/payments", body, Idempotent.Key);
        Assert.Equal((Idempotent.Id, "true"), (again.Text("id"), again.Headers.GetValues("Idempotency-Replay").Single()));

        var before = sandbox.Ledger.MessagesFor(Waiting);   // by other copies of the same
        await client.PostJsonAsync($"/api/v1/integrations/{Twilio}/incident", new { active = false });
        await Eventually.BecomesAsync(
            async () => (await client.GetJsonAsync($"/api/v1/messages/{Waiting}")).Text("status") is "sent" or "delivered",
            TimeSpan.FromSeconds(60), cancellationToken);
        Assert.Equal(before + 1, sandbox.Ledger.MessagesFor(Waiting));
    }

    /// <summary>Every host listens on a port of its own, and shows it in the addresses for webhooks.</summary>
    private static string WithoutAddress(HubReply reply, HubHost hub) =>
        reply.ToString().Replace(hub.Address.ToString(), "/", StringComparison.Ordinal);

    private static Task<HubReply> SendAsync(Shop shop, string to) =>
        shop.Client.PostJsonAsync("/api/v1/messages", new { channel = "sms", to, body = "Hello" });
}
