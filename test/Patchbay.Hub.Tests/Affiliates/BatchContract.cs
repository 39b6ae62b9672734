using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Affiliates.Batches;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Affiliates;

/// <summary>What a portal can rely on, on either database.</summary>
public abstract class BatchContract(HubDatabases databases, string kind)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_portal_is_told_in_signed_batches_of_one_type_in_the_order_of_what_happened()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        await portal.MinimumAsync("*", "100.00");
        await portal.LeadAsync("L1", "BR", "cus_1");
        await portal.LeadAsync("L2");
        await portal.DepositAsync("L1", "d1", "60.00");
        await portal.DepositAsync("L1", "d2", "40.00");
        await portal.DepositAsync("L1", "d3", "10.00");
        await portal.LeadAsync("L3");

        await portal.EndpointAsync();

        await portal.ToldAsync(
            "lead.registered L1", "lead.registered L2", "lead.deposit L1", "lead.deposit L1", "lead.ftd L1", "lead.registered L3");
        var batches = portal.Receiver.At(Portal.Path);
        Assert.Equal([2, 2, 1, 1], batches.Select(batch => batch.Json.GetProperty("leads").GetArrayLength()));
        Assert.Equal(4, batches.Select(batch => batch.Id).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 6), batches.SelectMany(batch => batch.Json.GetProperty("leads").EnumerateArray())
            .Select(lead => lead.GetProperty("sequence").GetInt32()));
        Assert.All(batches, batch => Portal.AssertSigned(batch));
        Assert.All(batches, batch => Assert.Equal("event batch_at leads", Portal.Names(batch.Json)));
        Assert.All(batches, batch => Assert.Equal("application/json", batch.Headers["content-type"]));
        var ftd = batches[2].Json.GetProperty("leads")[0];
        Assert.Equal("BR", ftd.GetProperty("country").GetString());
        Assert.Equal("100.00", ftd.GetProperty("deposit").GetProperty("total").GetString());
        Assert.Equal(["lead.registered", "lead.registered", "lead.deposit", "lead.deposit", "lead.ftd", "lead.registered"],
            await portal.FeedAsync());
    }

    [Fact]
    public async Task Events_wait_for_as_long_as_the_endpoint_says_or_until_a_batch_is_full()
    {
        var time = new ManualTime(
            TimeProvider.System.GetUtcNow().AddHours(1));   // ahead of the database's, which refuses events of the past
        await using var portal = await Portal.OpenAsync(databases, kind, time);
        await portal.EndpointAsync(batchSizeMax: 3, flushSeconds: 30);

        await portal.LeadAsync("L1");
        var registered = time.GetUtcNow();
        await portal.LeadAsync("L2");
        time.Advance(TimeSpan.FromSeconds(25));
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, _ct);   // enough for a flush, were one due
        Assert.Empty(portal.Receiver.All);
        await time.AdvanceUntilAsync(() => portal.Receiver.All.Count == 1, TimeSpan.FromMilliseconds(250), _ct);
        Assert.True(time.GetUtcNow() >= registered.AddSeconds(30));

        var full = time.GetUtcNow();
        foreach (var name in new[] { "L3", "L4", "L5", "L6" })
            await portal.LeadAsync(name);
        await time.AdvanceUntilAsync(() => portal.Receiver.All.Count == 2, TimeSpan.FromMilliseconds(50), _ct);
        Assert.True(time.GetUtcNow() < full.AddSeconds(25), "a full batch waited");
        Assert.Equal(
            ["lead.registered L1", "lead.registered L2", "lead.registered L3", "lead.registered L4", "lead.registered L5"], portal.Told());
    }

    [Fact]
    public async Task A_batch_keeps_its_id_and_its_bytes_over_all_tries_and_the_next_one_waits()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        portal.Receiver.Answer(Portal.Path, 500);
        await portal.EndpointAsync();
        await portal.LeadAsync("L1");
        await portal.ReceivedAsync(1);
        await portal.LeadAsync("L2");
        await AgainAsync(1);
        await portal.ReceivedAsync(2);
        portal.Receiver.Answer(Portal.Path, 200);
        await AgainAsync(2);
        await portal.ReceivedAsync(4);

        var tries = portal.Receiver.All.Take(3).ToList();
        Assert.Single(tries.Select(batch => batch.Id).Distinct());
        Assert.All(tries, batch => Assert.Equal(tries[0].Body, batch.Body));
        Assert.All(portal.Receiver.All, batch => Portal.AssertSigned(batch));
        Assert.Equal(["lead.registered L1", "lead.registered L2"], portal.Told());

        // The receiver has an attempt before the hub has recorded it; what is on its way cannot be retried.
        async Task AgainAsync(int recorded)
        {
            await Eventually.BecomesAsync(
                async () => await StatusAsync(portal) == "retrying" && await AttemptsAsync(portal) == recorded, Patience, _ct);
            var delivery = (await portal.Api.GetJsonAsync("/api/v1/deliveries?capability=deliver_affiliate_batch"))["data"][0]
                .GetProperty("id").GetString();
            await portal.Api.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry");
        }
    }

    [Fact]
    public async Task A_batch_that_a_node_was_sending_when_it_died_is_sent_again_as_it_was()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        using var hanging = new SemaphoreSlim(0);
        portal.Receiver.Answer(Portal.Path, context => hanging.WaitAsync(context.RequestAborted));
        await portal.EndpointAsync();
        await portal.LeadAsync("L1");
        await portal.ReceivedAsync(1);
        portal.Receiver.Answer(Portal.Path, 200);

        // As the others see it once a node is gone: what it had is leased to a name that does not live. Its own call ends well, too late to
        // be recorded.
        var dead = new IdGenerator(TimeProvider.System).NewGuid();
        await portal.Database.ExecuteAsync(
            "UPDATE deliveries SET leased_by = @dead, version = version + 1 WHERE tenant_id = @Tenant AND capability = "
                + "'deliver_affiliate_batch'", new { dead, portal.Tenant }, _ct);
        hanging.Release();

        await portal.ReceivedAsync(2);
        var (first, second) = (portal.Receiver.All[0], portal.Receiver.All[1]);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Body, second.Body);
        await Eventually.BecomesAsync(async () => await StatusAsync(portal) == "delivered", Patience, _ct);
    }

    [Fact]
    public async Task A_new_endpoint_takes_up_where_the_one_before_has_stopped()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        await portal.MinimumAsync("*", "50.00");
        portal.Receiver.Answer("/first", 500);
        var first = await portal.EndpointAsync(path: "/first");
        await portal.LeadAsync("L1");
        await portal.ReceivedAsync(1, "/first");
        var second = await portal.Api.PostJsonAsync("/api/v1/affiliates/webhooks",
            new { affiliate_id = Portal.Affiliate, endpoint_url = portal.Receiver.Url("/x"), secret = Portal.Secret });
        Assert.Equal("affiliate_has_endpoint", second.Text("code"));

        Assert.Equal(200, (int)(await portal.Api.DeleteJsonAsync($"/api/v1/affiliates/webhooks/{first}")).Status);
        await portal.DepositAsync("L1", "d1", "50.00");
        Assert.Equal(404, (int)(await portal.Api.GetJsonAsync($"/api/v1/affiliates/webhooks/{first}")).Status);
        await portal.EndpointAsync(path: "/second");

        await portal.ReceivedAsync(3, "/second");
        var again = portal.Receiver.At("/second");
        Assert.Equal(portal.Receiver.At("/first")[0].Id, again[0].Id);
        Assert.Equal(portal.Receiver.At("/first")[0].Body, again[0].Body);
        Assert.Equal(["lead.registered L1", "lead.deposit L1", "lead.ftd L1"], portal.Told());

        await portal.DepositAsync("L1", "d2", "10.00");
        Assert.Equal(["lead.registered", "lead.deposit", "lead.ftd"], await portal.FeedAsync());
        var withheld = await portal.Api.GetJsonAsync("/api/v1/affiliates/suppressions?affiliate_lead_id=L1");
        Assert.Equal(("lead.deposit", "after_ftd"),
            (withheld["data"][0].GetProperty("event").GetString(), withheld["data"][0].GetProperty("rule").GetString()));
        Assert.Equal("d2", withheld["data"][0].GetProperty("data").GetProperty("deposit").GetProperty("reference").GetString());
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_disabled_and_gets_the_same_batch_when_it_is_active_again()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        portal.Receiver.Answer(Portal.Path, 410);
        var endpoint = await portal.EndpointAsync();
        await portal.LeadAsync("L1");
        await Eventually.BecomesAsync(
            async () => (await portal.Api.GetJsonAsync($"/api/v1/affiliates/webhooks/{endpoint}"))["is_active"].ValueKind
                == JsonValueKind.False, Patience, _ct);
        Assert.Equal("gone", (await portal.Api.GetJsonAsync($"/api/v1/affiliates/webhooks/{endpoint}")).Text("disabled_reason"));
        portal.Receiver.Answer(Portal.Path, 200);

        await portal.Api.PatchJsonAsync(
            $"/api/v1/affiliates/webhooks/{endpoint}", new { is_active = true, secret = "another secret of the portal" });

        await portal.ReceivedAsync(2);
        Assert.Equal(portal.Receiver.All[0].Id, portal.Receiver.All[1].Id);
        Assert.Equal(portal.Receiver.All[0].Body, portal.Receiver.All[1].Body);
        Portal.AssertSigned(portal.Receiver.All[1], "another secret of the portal");
        Assert.Equal(2, portal.Receiver.All[1].Headers["webhook-signature"].Split(' ').Length);
        await Eventually.BecomesAsync(
            async () => (await portal.Api.GetJsonAsync($"/api/v1/affiliates/webhooks/{endpoint}/stats"))["last_hour.attempts"].GetInt32()
                == 2, Patience, _ct);
        var stats = await portal.Api.GetJsonAsync($"/api/v1/affiliates/webhooks/{endpoint}/stats");
        Assert.Equal((0.5, "gone"), (stats["last_day.success_rate"].GetDouble(), stats.Text("last_week.last_failure")));
    }

    [Fact]
    public async Task What_later_batches_have_overtaken_is_not_sent_any_more()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        portal.Receiver.Answer(Portal.Path, 500);
        await portal.EndpointAsync();
        await portal.LeadAsync("L1");
        await portal.ReceivedAsync(1);
        await Eventually.BecomesAsync(async () => await StatusAsync(portal) == "retrying", Patience, _ct);
        var delivery = (await portal.Api.GetJsonAsync("/api/v1/deliveries?capability=deliver_affiliate_batch"))["data"][0]
            .GetProperty("id").GetString();
        await portal.Database.ExecuteAsync(
            "UPDATE deliveries SET expires_at = created_at, due_at = created_at, version = version + 1 WHERE tenant_id = @Tenant AND "
                + "capability = 'deliver_affiliate_batch' AND leased_by IS NULL",
            new { portal.Tenant }, _ct);
        await Eventually.BecomesAsync(async () => await StatusAsync(portal) == "exhausted", Patience, _ct);
        portal.Receiver.Answer(Portal.Path, 200);
        await portal.LeadAsync("L2");
        await portal.ReceivedAsync(2);

        var late = await portal.Api.PostJsonAsync($"/api/v1/deliveries/{delivery}/retry");

        Assert.Equal((409, "batch_overtaken"), ((int)late.Status, late.Text("code")));
        Assert.NotEqual(portal.Receiver.All[0].Id, portal.Receiver.All[1].Id);
    }

    [Fact]
    public async Task What_waited_too_long_for_an_endpoint_is_recorded_as_withheld()
    {
        await using var portal = await Portal.OpenAsync(databases, kind);
        await portal.LeadAsync("L1");
        await portal.Database.ExecuteAsync(
            "UPDATE affiliate_events SET occurred_at = @old WHERE tenant_id = @Tenant",
            new { old = TimeProvider.System.GetUtcNow().AddDays(-31), portal.Tenant }, _ct);

        await portal.Host.Services.GetRequiredService<AffiliateUpkeep>().RunAsync(_ct);

        Assert.Equal(1, (await portal.Api.GetJsonAsync("/api/v1/affiliates/suppressions?rule=no_endpoint"))["data"].GetArrayLength());
        await portal.EndpointAsync();
        await portal.LeadAsync("L2");
        await portal.ReceivedAsync(1);
        Assert.Equal(["lead.registered L2"], portal.Told());
    }

    private static async Task<int> AttemptsAsync(Portal portal) =>
        (await portal.Api.GetJsonAsync("/api/v1/deliveries?capability=deliver_affiliate_batch"))["data"][0]
            .GetProperty("attempt_count").GetInt32();

    private async Task<string?> StatusAsync(Portal portal) =>
        (await portal.Api.GetJsonAsync("/api/v1/deliveries?capability=deliver_affiliate_batch"))["data"][0]
            .GetProperty("status").GetString();
}

public sealed class SqliteBatchTests(HubDatabases databases) : BatchContract(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlBatchTests(HubDatabases databases) : BatchContract(databases, TestDatabases.PostgreSql);
