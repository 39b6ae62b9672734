using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Messages;
using Patchbay.Hub.Tests.Support;
using Patchbay.Integrations.Costs;
using Patchbay.Integrations.Deliveries;
using Patchbay.Sandbox.Faults;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Costs;

public abstract class CostTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    [Fact]
    public async Task What_each_receipt_tells_again_is_one_cost_of_the_message()
    {
        Shop.Hub.Sandbox.Faults.Add(new(FaultKind.ServerError) { Provider = "twilio" });
        var id = await SendAsync("+14155550123", new string('a', 200));
        await Shop.BecomesAsync($"/api/v1/messages/{id}", "delivered");

        var cost = Assert.Single(await CostsAsync($"subject_id={id}"));

        Assert.Equal(
            ("message", "0.011", "USD", Shop.Plivo, id),
            (cost.Text("kind"), cost.Text("amount"), cost.Text("currency"), cost.Text("integration_id"), cost.Text("subject_id")));
        Assert.Equal(cost.Text("id"), Assert.Single(await CostsAsync($"integration_id={Shop.Plivo}&kind=message")).Text("id"));
        Assert.Empty(await CostsAsync($"integration_id={Shop.Twilio}"));
    }

    [Fact]
    public async Task What_a_look_up_tells_is_kept_and_another_tenant_does_not_see_it()
    {
        Shop.Hub.Sandbox.Faults.Add(new(FaultKind.HangAfterWork) { Provider = "twilio", Operation = "messages.create", Count = 1 });
        Shop.Hub.Sandbox.Faults.Add(new(FaultKind.WebhookNone) { Provider = "twilio" });
        var id = await SendAsync("+14155550124", "Hello");
        await Shop.DeliveredAsync(id);

        var cost = Assert.Single(await CostsAsync($"subject_id={id}"));

        Assert.Equal(("0.0079", Shop.Twilio), (cost.Text("amount"), cost.Text("integration_id")));
        using var others = Shop.Hub.Client((await Shop.Hub.CreateTenantAsync("Others", Token)).Key);
        Assert.Empty((await others.GetJsonAsync($"/api/v1/costs?subject_id={id}"))["data"].EnumerateArray());
        var refused = await Shop.Client.GetJsonAsync("/api/v1/costs?integration_id=msg_1");
        Assert.Equal("validation_failed", refused.Text("code"));
        Assert.Contains("int_...", refused.ToString(), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<JsonElement>> CostsAsync(string query) =>
        [.. (await Shop.Client.GetJsonAsync($"/api/v1/costs?{query}"))["data"].EnumerateArray()];

    private async Task<string> SendAsync(string to, string body) =>
        (await Shop.Client.PostJsonAsync("/api/v1/messages", new { channel = "sms", to, body })).Text("id")!;
}

public sealed class CostTestsOnSqlite(HubDatabases databases) : CostTests(databases, TestDatabases.Sqlite);

public sealed class CostTestsOnPostgreSql(HubDatabases databases) : CostTests(databases, TestDatabases.PostgreSql);

public sealed class CostLineTests
{
    private static readonly MessageId Message = new(Guid.Parse("0199b1a0-0000-7000-8000-000000000001"));

    [Fact]
    public void Lines_of_nothing_and_of_more_than_anything_costs_are_none()
    {
        var told = new MessageState("SM1", MessageStatus.Sent)
        {
            Costs =
            [
                Line("a", 0), Line("b", 0.0000004m), Line("c", 1_000_000_000), Line("d", decimal.MinValue), Line("e", -0.5m),
                Line("f", 0.0079m), Line("f", 0.0080m),
            ],
        };

        var costs = Cost.Told(told, new TenantId(Guid.Empty), new IntegrationId(Guid.Empty), Message.ToString(), default).ToList();

        Assert.Equal([("e", -0.5m), ("f", 0.0079m)], costs.Select(cost => (cost.Kind, cost.Amount)));
    }

    [Fact]
    public void A_line_has_one_id_that_stands_with_its_subject()
    {
        var id = CostId.Of(Message.ToString(), new IntegrationId(Guid.Empty), "SM1", "message");

        Assert.Equal(id, CostId.Of(Message.ToString(), new IntegrationId(Guid.Empty), "SM1", "message"));
        Assert.StartsWith("0199b1a0-0000-7", id.Value.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, new[]
        {
            id, CostId.Of(Message.ToString(), new IntegrationId(Guid.Empty), "SM2", "message"),
            CostId.Of(Message.ToString(), new IntegrationId(Guid.Empty), "SM1", "fee"),
            CostId.Of(Message.ToString(), new IntegrationId(Message.Value), "SM1", "message"),
        }.Distinct().Count());
    }

    private static CostLine Line(string kind, decimal amount) => new(kind, amount, Currency.Parse("USD"));
}
