using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Tests.Support;
using Patchbay.Platform.Access;
using Patchbay.Platform.Operations;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions;

/// <summary>What the hub does by the names of its actions, with no request over HTTP.</summary>
public sealed class ActionTests(HubDatabases databases) : ShopTests(databases, TestDatabases.Sqlite)
{
    private ActionRegistry Actions => Shop.Hub.Services.GetRequiredService<ActionRegistry>();

    [Fact]
    public async Task An_action_does_by_its_name_what_its_endpoint_does()
    {
        var caller = await CallerAsync("write:payments");
        var body = """{"amount":"12.50","currency":"EUR","reference":"order-7"}""";

        var first = await CallAsync("payments.create", caller, null, body, "k1");
        var again = await CallAsync("payments.create", caller, null, body, "k1");
        var overHttp = await Shop.Client.PostJsonAsync("/api/v1/payments", body, "k1");
        var payment = JsonElement.Parse(first.Body).GetProperty("id").GetString()!;
        var canceled = await CallAsync("payments.cancel", caller, "pay_01h455vb4pex5vsknk084sn02q", "", null);

        Assert.Equal((202, false), (first.Status, first.Replayed));
        Assert.True(again.Replayed);
        Assert.Equal(payment, overHttp.Text("id"));
        Assert.Equal("12.50", (await Shop.Client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("amount"));
        Assert.Equal((404, "not_found"), (canceled.Status, CodeOf(canceled)));
    }

    [Fact]
    public async Task An_action_by_its_name_asks_for_what_its_endpoint_asks_for()
    {
        var caller = await CallerAsync("write:messages");
        var payer = await CallerAsync("write:payments");

        Assert.Equal("permission_missing", CodeOf(await CallAsync("payments.create", caller, null, "{}", "k")));
        Assert.Equal("idempotency_key_required", CodeOf(await CallAsync("payments.create", payer, null, "{}", null)));
        Assert.Equal("validation_failed", CodeOf(await CallAsync("payments.create", payer, null, """{"colour":"red"}""", "k")));
        Assert.Equal("not_found", CodeOf(await CallAsync("payments.capture", payer, "nonsense", "{}", null)));
    }

    [Fact]
    public async Task A_refusal_names_the_callers_trace_where_no_request_is()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        var traced = await CallerAsync("write:messages") with { TraceParent = $"00-{Trace}-b7ad6b7169203331-01" };
        System.Diagnostics.Activity.Current = null;   // a test may run in a trace of its own

        var refused = await CallAsync("payments.create", traced, null, "{}", "k");
        var untraced = await CallAsync("payments.create", traced with { TraceParent = null }, null, "{}", "k");

        Assert.Equal(Trace, TraceOf(refused));
        Assert.Matches("^[0-9a-f]{32}$", TraceOf(untraced));

        static string TraceOf(Patchbay.Platform.Api.StoredReply reply) =>
            JsonElement.Parse(reply.Body).GetProperty("trace_id").GetString()!;
    }

    [Fact]
    public void Every_action_is_named_after_what_it_changes()
    {
        Assert.True(Actions.All.Count >= 45, $"only {Actions.All.Count} actions were found");
        Assert.All(Actions.All, action => Assert.Matches("^[a-z_]+(\\.[a-z_]+)+$", action.Name));
        Assert.All(
            Actions.All.Where(action => action.Endpoint.Permission != Permissions.Platform),
            action => Assert.Equal("write:" + action.Name.Split('.')[0], action.Endpoint.Permission));
        Assert.Equal(["payments.create", "payments.refunds.create", "payouts.create"], Actions.All.Where(action => action.Endpoint.NeedsKey)
            .Select(action => action.Name));
        Assert.Null(Actions.Find("payments.steal"));
    }

    private Task<Patchbay.Platform.Api.StoredReply> CallAsync(string name, Caller caller, string? subject, string body, string? key) =>
        Actions.Find(name)!.InvokeAsync(
            Shop.Hub.Services, caller, new ActionInput(subject, System.Text.Encoding.UTF8.GetBytes(body)), key, Token);

    private async Task<Caller> CallerAsync(string permission)
    {
        var created = await Shop.Client.PostJsonAsync("/api/v1/api-keys", new { name = permission, permissions = new[] { permission } });
        var key = (await Shop.Hub.Services.GetRequiredService<ApiKeys>().FindAsync(created.Text("secret")!, Token))!;
        return new Caller(key.TenantId, key, null);
    }

    private static string? CodeOf(Patchbay.Platform.Api.StoredReply reply) => JsonElement.Parse(reply.Body).GetProperty("code").GetString();
}
