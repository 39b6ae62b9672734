using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Costs;

/// <summary>What Stripe charges, played by its double: no event has it, so it is asked for.</summary>
public abstract class StripeCostTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    [Fact]
    public async Task What_a_payment_cost_is_known_once_it_is_settled_and_what_its_disputes_cost_beside_it()
    {
        var payment = await Shop.PaidAsync("100.00");
        await CostsAsync(payment, "fee 1.75 EUR");

        await Shop.DisputeAsync(payment, "needs_response", "3000");
        await CostsAsync(payment, "dispute_fee 20.00 EUR", "fee 1.75 EUR");
        await Shop.DisputeAsync(payment, "needs_response", "5000");

        await CostsAsync(payment, "dispute_fee 40.00 EUR", "fee 1.75 EUR");
        Assert.Equal("disputed", (await Shop.Client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("status"));
    }

    private async Task CostsAsync(string payment, params string[] expected)
    {
        string[] costs = [];
        await Eventually.BecomesAsync(async () =>
        {
            costs = [.. (await Shop.Client.GetJsonAsync($"/api/v1/costs?subject_id={payment}"))["data"].EnumerateArray()
                .Select(cost => $"{cost.Text("kind")} {cost.Text("amount")} {cost.Text("currency")}").Order(StringComparer.Ordinal)];
            return costs.SequenceEqual(expected);
        }, TimeSpan.FromSeconds(30), Token).ContinueWith(_ => Assert.Equal(expected, costs), TaskScheduler.Default);
    }
}

public sealed class StripeCostTestsOnSqlite(HubDatabases databases) : StripeCostTests(databases, TestDatabases.Sqlite);

public sealed class StripeCostTestsOnPostgreSql(HubDatabases databases) : StripeCostTests(databases, TestDatabases.PostgreSql);
