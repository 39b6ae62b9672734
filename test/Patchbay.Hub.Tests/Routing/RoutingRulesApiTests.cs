using System.Net;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Routing;

public sealed class RoutingRulesApiTests(RoutingHub routing) : IClassFixture<RoutingHub>
{
    private const string Rules = "/api/v1/routing-rules";

    [Fact]
    public async Task A_rule_is_made_read_changed_and_deleted()
    {
        var (_, client) = await routing.TenantAsync();
        var first = await RoutingHub.StripeAsync(client, "first");
        var second = await RoutingHub.StripeAsync(client, "second");

        var created = await client.PostJsonAsync(Rules, new
        {
            capability = "initiate_payment",
            conditions = new[] { new { field = "country", @operator = "in", value = new[] { "br", "AR" } } }, integration_id = first,
            fallback_integration_ids = new[] { second }, note = "LATAM",
        });
        var path = $"{Rules}/{created.Text("id")}";
        var read = await client.GetJsonAsync(path);
        var split = await client.PatchJsonAsync(
            path,
            $$"""{"split":[{"integration_id":"{{first}}","weight":70},{"integration_id":"{{second}}","weight":30}],"fallback_integration_ids":[],"note":""}""");
        var back = await client.PatchJsonAsync(path, new { integration_id = second, is_active = false });
        var deleted = await client.DeleteJsonAsync(path);

        Assert.True(created.Status == HttpStatusCode.Created, created.ToString());
        Assert.Equal(path, created.Headers.Location!.ToString());
        Assert.Equal(10, created["priority"].GetInt32());
        Assert.Equal("BR", created["conditions"][0].GetProperty("value")[0].GetString());
        Assert.Equal(created.Body.GetRawText(), read.Body.GetRawText());
        Assert.Equal(2, split["split"].GetArrayLength());
        Assert.Equal(
            (null, null, 0), (split.Text("integration_id"), split.Text("note"), split["fallback_integration_ids"].GetArrayLength()));
        Assert.Equal((second.ToString(), false), (back.Text("integration_id"), back["is_active"].GetBoolean()));
        Assert.Equal(1, back["conditions"].GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, deleted.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetJsonAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteJsonAsync(path)).Status);
        Assert.Equal(
            ["routing.delete", "routing.update", "routing.update", "routing.create"],
            (await client.GetJsonAsync($"/api/v1/audit?subject={created.Text("id")}"))["data"].EnumerateArray()
                .Select(entry => entry.GetProperty("action").GetString()));
    }

    [Theory]
    [InlineData("send_pigeon")]
    [InlineData("verify_refund")]   // the hub's own: no integration does it
    [InlineData("fly")]
    public async Task A_rule_for_what_nothing_here_does_is_refused_with_the_words_that_there_are(string word)
    {
        var (_, client) = await routing.TenantAsync();
        var integration = await RoutingHub.StripeAsync(client, "first");

        var refused = await client.PostJsonAsync(Rules, new { capability = word, integration_id = integration });
        var unasked = await client.PostJsonAsync(Rules + "/evaluate", new { capability = word });

        foreach (var reply in new[] { refused, unasked })
        {
            Assert.Equal(422, (int)reply.Status);
            Assert.Equal(
                "must be one of cancel_payment, capture_payment, complete_payment, complete_payout, initiate_payment, initiate_payout, "
                    + "process_refund, send_email, send_sms, send_whatsapp, verify_payment",
                reply["errors"].EnumerateObject().Single().Value[0].GetString());
        }
    }

    [Fact]
    public async Task A_rule_of_before_for_what_nothing_does_any_more_can_be_read_and_deleted()
    {
        var (tenant, client) = await routing.TenantAsync();
        var integration = await RoutingHub.StripeAsync(client, "first");
        var made = await client.PostJsonAsync(Rules, new { capability = "process_refund", integration_id = integration });
        var path = $"{Rules}/{made.Text("id")}";
        await routing.TurnRulesIntoAsync(tenant, "send_pigeon");

        Assert.Equal("send_pigeon", (await client.GetJsonAsync(path)).Text("capability"));
        Assert.Equal(200, (int)(await client.PostJsonAsync(Rules + "/evaluate", new { capability = "initiate_payment" })).Status);
        Assert.Equal(200, (int)(await client.DeleteJsonAsync(path)).Status);
    }

    [Fact]
    public async Task A_rule_that_is_not_valid_is_told_everything_at_once()
    {
        var (_, client) = await routing.TenantAsync();
        var (_, other) = await routing.TenantAsync();
        var foreign = await RoutingHub.StripeAsync(other, "theirs");
        var paymentsOnly = await RoutingHub.StripeAsync(client, "ours", "initiate_payment");

        var refused = await client.PostJsonAsync(Rules, $$"""
            {"capability":"process_refund","priority":1000001,"integration_id":"{{paymentsOnly}}","fallback_integration_ids":["{{foreign}}"],
             "conditions":[{"field":"planet","operator":"eq","value":"x"},{"field":"amount","operator":"gt","value":1}]}
            """);
        var unknown = await client.PostJsonAsync(Rules, """{"capability":"initiate_payment","weight":1}""");
        var empty = await client.PostJsonAsync(Rules, "{}");
        var notAnId = await client.PostJsonAsync(Rules, """{"capability":"initiate_payment","integration_id":"stripe"}""");

        Assert.Equal(
            ["conditions[0].field", "conditions[1].field", "fallback_integration_ids[0]", "integration_id", "priority"], FieldsOf(refused));
        Assert.Equal(["weight"], FieldsOf(unknown));
        Assert.Equal(["capability", "integration_id"], FieldsOf(empty));
        Assert.Equal(["integration_id"], FieldsOf(notAnId));
    }

    [Fact]
    public async Task A_capability_has_one_default()
    {
        var (_, client) = await routing.TenantAsync();
        var stripe = await RoutingHub.StripeAsync(client, "stripe");
        var made = await client.PostJsonAsync(Rules, new { capability = "initiate_payment", integration_id = stripe, is_default = true });
        var second = await client.PostJsonAsync(Rules, new { capability = "initiate_payment", integration_id = stripe, is_default = true });
        var plain = await client.PostJsonAsync(Rules, new { capability = "initiate_payment", integration_id = stripe });
        var raised = await client.PatchJsonAsync($"{Rules}/{plain.Text("id")}", new { is_default = true });
        var elsewhere = await client.PostJsonAsync(
            Rules, new { capability = "process_refund", integration_id = stripe, is_default = true });
        Assert.Equal(["is_default"], FieldsOf(second));
        Assert.Equal(["is_default"], FieldsOf(raised));
        Assert.Equal(HttpStatusCode.Created, elsewhere.Status);
        Assert.Equal(
            HttpStatusCode.OK, (await client.PatchJsonAsync($"{Rules}/{made.Text("id")}", new { note = "still the default" })).Status);
    }

    [Fact]
    public async Task Reordering_numbers_all_rules_of_the_capability()
    {
        var (_, client) = await routing.TenantAsync();
        var stripe = await RoutingHub.StripeAsync(client, "stripe");
        var ids = new List<string>();
        foreach (var country in new[] { "BR", "AR", "CL" })
            ids.Add(await RuleAsync(client, stripe.ToString(), country));
        var refund = (await client.PostJsonAsync(Rules, new { capability = "process_refund", integration_id = stripe })).Text("id")!;

        var reordered = await client.PostJsonAsync($"{Rules}/reorder", new { ids = new[] { ids[2], ids[0], ids[1] } });
        var partial = await client.PostJsonAsync($"{Rules}/reorder", new { ids = new[] { ids[0], ids[0], refund } });

        Assert.Equal([ids[2], ids[0], ids[1]], reordered["data"].EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        Assert.Equal([10, 20, 30], reordered["data"].EnumerateArray().Select(rule => rule.GetProperty("priority").GetInt32()));
        Assert.Equal(30, (await client.GetJsonAsync($"{Rules}/{ids[1]}"))["priority"].GetInt32());
        Assert.Equal(["ids", "ids[1]", "ids[2]"], FieldsOf(partial));
        Assert.Equal(["ids"], FieldsOf(await client.PostJsonAsync($"{Rules}/reorder", "{}")));
    }

    [Fact]
    public async Task An_evaluation_tells_the_winner_and_why_each_rule_did_or_did_not_match()
    {
        var (_, client) = await routing.TenantAsync();
        var stripe = (await RoutingHub.StripeAsync(client, "stripe")).ToString();
        var brazil = await RuleAsync(client, stripe, "BR");
        var argentina = await RuleAsync(client, stripe, "AR");

        var chosen = await client.PostJsonAsync($"{Rules}/evaluate",
            """{"capability":"initiate_payment","context":{"country":"ar","amount":"1.50","currency":"ARS","metadata":{"n":5}}}""");
        var nobody = await client.PostJsonAsync($"{Rules}/evaluate", """{"capability":"initiate_payment","context":{"country":"DE"}}""");
        var refused = await client.PostJsonAsync(
            $"{Rules}/evaluate", """{"capability":"fly","context":{"amount":"much","customer":{"tags":[]}}}""");

        Assert.Equal(("rule", argentina, stripe),
            (chosen.Text("decision.reason"), chosen.Text("decision.rule_id"), chosen.Text("decision.integration_id")));
        Assert.Equal(
            [(brazil, "conditions_failed"), (argentina, "chosen")],
            chosen["rules"].EnumerateArray()
                .Select(rule => (rule.GetProperty("rule_id").GetString()!, rule.GetProperty("outcome").GetString()!)));
        Assert.Equal("AR", chosen["rules"][0].GetProperty("conditions")[0].GetProperty("actual").GetString());
        Assert.Equal("no_active_provider", nobody.Text("refusal.code"));
        Assert.Equal(["capability", "context.amount", "context.customer.tags"], FieldsOf(refused));
    }

    [Fact]
    public async Task Another_tenants_rules_do_not_exist()
    {
        var (_, acme) = await routing.TenantAsync();
        var (_, other) = await routing.TenantAsync();
        var rule = await RuleAsync(acme, (await RoutingHub.StripeAsync(acme, "stripe")).ToString(), "BR");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetJsonAsync($"{Rules}/{rule}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PatchJsonAsync($"{Rules}/{rule}", new { note = "x" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteJsonAsync($"{Rules}/{rule}")).Status);
        Assert.Equal(["ids[0]"], FieldsOf(await other.PostJsonAsync($"{Rules}/reorder", new { ids = new[] { rule } })));
        Assert.Equal(0, (await other.GetJsonAsync(Rules))["data"].GetArrayLength());
        Assert.Equal(1, (await acme.GetJsonAsync($"{Rules}?capability=initiate_payment"))["data"].GetArrayLength());
        Assert.Equal(0, (await acme.GetJsonAsync($"{Rules}?capability=send_sms"))["data"].GetArrayLength());
    }

    [Fact]
    public async Task A_repeated_creation_makes_one_rule()
    {
        var (_, client) = await routing.TenantAsync();
        var wish = new { capability = "initiate_payment", integration_id = await RoutingHub.StripeAsync(client, "stripe") };
        var first = await client.PostJsonAsync(Rules, wish, idempotencyKey: "rule");
        var repeat = await client.PostJsonAsync(Rules, wish, idempotencyKey: "rule");
        Assert.Equal(first.Body.GetRawText(), repeat.Body.GetRawText());
        Assert.Equal(1, (await client.GetJsonAsync(Rules))["data"].GetArrayLength());
    }

    [Fact]
    public async Task Rules_made_at_the_same_time_never_become_two_defaults()
    {
        var (_, client) = await routing.TenantAsync();
        var wish = new { capability = "initiate_payment", integration_id = await RoutingHub.StripeAsync(client, "stripe"),
            is_default = true };
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.PostJsonAsync(Rules, wish)));
        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Created);
        Assert.All(
            replies.Where(reply => reply.Status != HttpStatusCode.Created),
            reply => Assert.True(reply.Text("code") is "changed_meanwhile" or "validation_failed", reply.ToString()));
        Assert.Equal(1, (await client.GetJsonAsync(Rules))["data"].GetArrayLength());
    }

    private static IEnumerable<string> FieldsOf(HubReply refused) => refused["errors"].EnumerateObject().Select(field => field.Name);

    private static async Task<string> RuleAsync(HttpClient client, string integration, string country) =>
        (await client.PostJsonAsync(Rules, new
        {
            capability = "initiate_payment", integration_id = integration,
            conditions = new[] { new { field = "country", @operator = "eq", value = country } },
        })).Text("id")!;
}
