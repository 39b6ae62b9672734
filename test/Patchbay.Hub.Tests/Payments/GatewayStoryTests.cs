using System.Text.Json;
using Patchbay.Connectors;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Tests.Support;
using Patchbay.Integrations.Catalog;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>The life of a payment at every gateway of the catalog, played by its double: nothing here names one.</summary>
public abstract class GatewayStoryTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    private static readonly ProviderCatalog Catalog = new([typeof(BuiltIn).Assembly]);

    public static TheoryData<string> Gateways =>
        [.. Catalog.All.Where(provider => provider.Has<IInitiatePayment>()).Select(provider => provider.Name)];

    [Theory]
    [MemberData(nameof(Gateways))]
    public async Task Declined_paid_refunded_in_part_and_told_by_webhooks(string gateway)
    {
        var integration = await OpenAsync(gateway);
        Shop.Hub.Sandbox.Autopay = false;
        var begun = await Shop.PayAsync("50.00", new { integration_id = integration }, wait: TimeSpan.FromSeconds(10));
        var (id, reference) = (begun.Text("id")!, begun.Text("provider_reference")!);

        Assert.Equal(("requires_action", "redirect"), (begun.Text("status"), begun.Text("next_action.type")));
        Assert.True(Shop.Hub.Sandbox.Decline(reference));
        await BecomesAsync(
            id, payment => (payment["last_failure"].ValueKind, payment.Text("status")) == (JsonValueKind.Object, "requires_action"));
        Assert.True(Shop.Hub.Sandbox.Pay(reference));
        await Shop.BecomesAsync($"/api/v1/payments/{id}", "succeeded");

        var refund = await Shop.Client.PostJsonAsync($"/api/v1/payments/{id}/refunds", new { amount = "20.00" }, "refund-" + id);
        await Shop.BecomesAsync($"/api/v1/refunds/{refund.Text("id")}", "succeeded");
        await Shop.BecomesAsync($"/api/v1/payments/{id}", "partially_refunded");
        var ledger = Shop.Hub.Sandbox.Ledger;
        Assert.Equal((1, 1, 1), (ledger.PaymentsFor(id), ledger.ChargesFor(id), ledger.RefundsFor(refund.Text("id")!)));
        await AssertToldAsync(integration);
    }

    [Theory]
    [MemberData(nameof(Gateways))]
    public async Task A_connection_that_breaks_after_the_work_charges_once(string gateway)
    {
        var integration = await OpenAsync(gateway);

        var payment = await Shop.PayAsync("100.97", new { integration_id = integration });

        var id = payment.Text("id")!;
        await Shop.BecomesAsync($"/api/v1/payments/{id}", "succeeded");
        Assert.Equal((1, 1), (Shop.Hub.Sandbox.Ledger.PaymentsFor(id), Shop.Hub.Sandbox.Ledger.ChargesFor(id)));
    }

    [Theory]
    [MemberData(nameof(Gateways))]
    public async Task What_is_reserved_is_captured_or_given_up(string gateway)
    {
        if (!Catalog.Find(gateway)!.Has<ICapturePayment>())
            return;
        var integration = await OpenAsync(gateway);
        var reserved = new[] { await ReservedAsync(), await ReservedAsync() };

        await Eventually.BecomesAsync(
            async () => (int)(await Shop.Client.PostJsonAsync(
                $"/api/v1/payments/{reserved[0]}/capture", new { amount = "35.00" })).Status == 202,
            TimeSpan.FromSeconds(30), Token);
        await Eventually.BecomesAsync(
            async () => (int)(await Shop.Client.PostJsonAsync($"/api/v1/payments/{reserved[1]}/cancel", new { })).Status == 202,
            TimeSpan.FromSeconds(30), Token);

        Assert.Equal("35.00", (await Shop.BecomesAsync($"/api/v1/payments/{reserved[0]}", "succeeded")).Text("captured"));
        Assert.Equal("0.00", (await Shop.BecomesAsync($"/api/v1/payments/{reserved[1]}", "canceled")).Text("captured"));

        async Task<string> ReservedAsync()
        {
            var id = (await Shop.PayAsync("50.00", new { integration_id = integration, capture = "manual" })).Text("id")!;
            await Shop.BecomesAsync($"/api/v1/payments/{id}", "authorized");
            return id;
        }
    }

    /// <summary>An integration with the manifest's own example, whose address is entered at the provider.</summary>
    private async Task<string> OpenAsync(string gateway)
    {
        var example = JsonDocument.Parse(Catalog.Find(gateway)!.Manifest.CredentialsSchema).RootElement.GetProperty("examples")[0];
        var id = await Shop.AddAsync(new
        {
            provider = gateway, mode = "sandbox", name = "Story", credentials = example,
            settings = new { timeout_seconds = 3, retry = new { first_delay_seconds = 0.05 } },
        });
        var credentials = example.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.ToString());
        Assert.True(Shop.Hub.Sandbox.Connect(gateway, credentials, new Uri(Shop.Hub.Address, $"api/webhooks/{gateway}/{id}")));
        return id;
    }

    private Task BecomesAsync(string payment, Func<HubReply, bool> holds) => Eventually.BecomesAsync(
        async () => holds(await Shop.Client.GetJsonAsync($"/api/v1/payments/{payment}")), TimeSpan.FromSeconds(60), Token);

    /// <summary>Webhooks were genuine, and all that they said was understood.</summary>
    private async Task AssertToldAsync(string integration)
    {
        List<string?> statuses = [];
        await Eventually.BecomesAsync(
            async () =>
            {
                var inbox = await Shop.Client.GetJsonAsync($"/api/v1/inbox?integration_id={integration}");
                statuses = [.. inbox["data"].EnumerateArray().Select(entry => entry.GetProperty("status").GetString())];
                return statuses.Count(status => status == "processed") >= 2 && !statuses.Contains("received");
            },
            TimeSpan.FromSeconds(30), Token);
        Assert.DoesNotContain("unmapped", statuses);
        Assert.DoesNotContain("unmatched", statuses);
        Assert.DoesNotContain("failed", statuses);
    }
}

public sealed class GatewayStoryTestsOnSqlite(HubDatabases databases) : GatewayStoryTests(databases, TestDatabases.Sqlite);

public sealed class GatewayStoryTestsOnPostgreSql(HubDatabases databases) : GatewayStoryTests(databases, TestDatabases.PostgreSql);
