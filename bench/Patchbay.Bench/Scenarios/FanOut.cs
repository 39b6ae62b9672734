using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Patchbay.Bench.Load;
using Patchbay.Bench.Targets;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Bench.Scenarios;

/// <summary>
/// 50,000 events of 50 tenants with four endpoints each, an ordered one among them; ten endpoints are dead, and the hub is killed twice on
/// the way. Then what the others feel of endpoints that misbehave.
/// </summary>
internal static class FanOut
{
    private const int PerTenant = 4;
    private const int Endpoints = Operation.Tenants * PerTenant;
    private const int Events = 50_000;
    private const int Messages = Events;   // each is queued; the provider here tells nothing more of it
    private const int Dead = 10;
    private const int Kills = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(BenchStage stage, Func<TenantSetup[]?, Task<HubTarget>> start, CancellationToken cancellationToken)
    {
        using var receiver = new WebhookReceiver(Endpoints);
        var hub = await start(null);
        try
        {
            var tenants = hub.Tenants.ToArray();
            var webhooks = await SubscribeAsync(hub, receiver, cancellationToken);
            var dead = Enumerable.Range(0, Dead).Select(i => i * PerTenant * (Operation.Tenants / Dead) + 1).ToArray();
            foreach (var endpoint in dead)
                receiver.Behave(endpoint, Manner.Fails);

            var since = TimeProvider.System.GetUtcNow().AddSeconds(-1);
            var began = Stopwatch.GetTimestamp();
            stage.Sink.Expect(Messages);
            for (var part = 0; part <= Kills; part++)
            {
                var (first, last) = (Messages * part / (Kills + 1), Messages * (part + 1) / (Kills + 1));
                await hub.NewDriver((name, number) => hub.RequestFor(
                    (first + number) % Operation.Tenants, Operation.ShopOf(first + number), $"{name}-{part}", first + number))
                    .FloodAsync(32, Patience, last - first, cancellationToken);
                var events = Enumerable.Range(0, Endpoints).Sum(endpoint => receiver.Of(endpoint).Events);
                BenchStage.Say($"  {last:N0} messages accepted, {events:N0} events have arrived");
                if (part == Kills)
                    break;
                hub.Dispose();   // SIGKILL
                hub = await start(tenants);
            }

            var healthy = Enumerable.Range(0, Endpoints).Except(dead).ToArray();
            var expected = await ExpectedAsync(hub, receiver, healthy, began, cancellationToken);
            var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var arrived = healthy.Sum(endpoint => receiver.Of(endpoint).Events);
            var missing = healthy.Sum(endpoint => expected[endpoint / PerTenant].Count(id => !receiver.Of(endpoint).Has(id)));
            var unordered = healthy.Where(endpoint => endpoint % PerTenant == 0)
                .Count(endpoint => !receiver.Of(endpoint).Order.SequenceEqual(expected[endpoint / PerTenant]));
            stage.Report.Table("50,000 events to 200 endpoints, 10 of them dead, the hub killed twice", [
                ["", ""],
                ["events", Report.Text(expected.Sum(tenant => tenant.Count))],
                ["arrived at healthy endpoints", Report.Text(arrived)],
                ["arrived a second", Report.Text(arrived / took)],
                ["arrived more than once", Report.Text(healthy.Sum(endpoint => receiver.Of(endpoint).Calls) - arrived)],
            ]);
            stage.Report.AtMost("events missing at a healthy endpoint", 0, missing, "");
            stage.Report.AtMost("ordered endpoints with another order", 0, unordered, "");

            await ReplayAsync(stage, hub, receiver, webhooks, dead, expected, since, cancellationToken);
            await OthersAsync(stage, hub, receiver, dead, cancellationToken);
        }
        finally
        {
            hub.Dispose();
        }
    }

    private static async Task<string[]> SubscribeAsync(HubTarget hub, WebhookReceiver receiver, CancellationToken cancellationToken)
    {
        var webhooks = new string[Endpoints];
        for (var endpoint = 0; endpoint < Endpoints; endpoint++)
        {
            using var client = ClientOf(hub, endpoint / PerTenant);
            using var made = await client.PostAsJsonAsync(
                "webhooks", new { url = receiver.AddressOf(endpoint), events = new[] { "message.*" }, ordered = endpoint % PerTenant == 0 },
                cancellationToken);
            var text = await made.Content.ReadAsStringAsync(cancellationToken);
            webhooks[endpoint] = made.IsSuccessStatusCode
                ? JsonNode.Parse(text)!["id"]!.ToString() : throw new InvalidOperationException(text);
        }

        return webhooks;
    }

    /// <summary>
    /// Waits until every event has arrived at every healthy endpoint, or patience ends. The events of each tenant, in order.
    /// </summary>
    private static async Task<IReadOnlyList<EventId>[]> ExpectedAsync(
        HubTarget hub, WebhookReceiver receiver, int[] healthy, long began, CancellationToken cancellationToken)
    {
        while (true)
        {
            var expected = new IReadOnlyList<EventId>[Operation.Tenants];
            for (var tenant = 0; tenant < expected.Length; tenant++)
            {
                expected[tenant] = await hub.Store.QueryAsync(
                    "SELECT id FROM events WHERE tenant_id = @tenant AND type LIKE 'message.%' ORDER BY id LIMIT 100000",
                    new { tenant = TenantId.Parse(hub.Tenants[tenant].Id, null) }, row => row.Id<EventId>("id"), cancellationToken);
            }

            if (expected.Sum(tenant => tenant.Count) >= Events
                && healthy.All(endpoint => receiver.Of(endpoint).Events >= expected[endpoint / PerTenant].Count)
                || Stopwatch.GetElapsedTime(began) > Patience)
                return expected;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The dead come back, and ask for what they have missed.</summary>
    private static async Task ReplayAsync(
        BenchStage stage, HubTarget hub, WebhookReceiver receiver, string[] webhooks, int[] dead, IReadOnlyList<EventId>[] expected,
        DateTimeOffset since, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var endpoint in dead)
        {
            receiver.Behave(endpoint, Manner.Takes);
            using var client = ClientOf(hub, endpoint / PerTenant);
            using var replay = await client.PostAsJsonAsync(
                $"webhooks/{webhooks[endpoint]}/replay", new { since, only_failed = true }, cancellationToken);
            if (!replay.IsSuccessStatusCode)
                throw new InvalidOperationException(await replay.Content.ReadAsStringAsync(cancellationToken));
        }

        int Missing() => dead.Sum(endpoint => expected[endpoint / PerTenant].Count(id => !receiver.Of(endpoint).Has(id)));
        while (Missing() > 0 && Stopwatch.GetElapsedTime(began) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        BenchStage.Say($"  replayed to the dead in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        stage.Report.AtMost("events missing at a dead endpoint after its replay", 0, Missing(), "");
    }

    /// <summary>Healthy endpoints while ten others behave badly, against all of them behaving well.</summary>
    private static async Task OthersAsync(
        BenchStage stage, HubTarget hub, WebhookReceiver receiver, int[] dead, CancellationToken cancellationToken)
    {
        const double Rate = 50;
        var healthy = Enumerable.Range(0, Endpoints).Except(dead).Where(endpoint => endpoint % PerTenant != 0).ToArray();
        Manner[] bad = [Manner.Fails, Manner.Hangs, Manner.IsSlow, Manner.Redirects, Manner.HangsUp, Manner.AnswersMuch];
        var (undisturbed, disturbed) = (new List<double>(), new List<double>());
        for (var round = 0; round < stage.Rounds; round++)
        {
            Array.ForEach(dead, endpoint => receiver.Behave(endpoint, Manner.Takes));
            undisturbed.Add(await LatencyAsync());
            foreach (var (i, endpoint) in dead.Index())
                receiver.Behave(endpoint, bad[i % bad.Length]);
            disturbed.Add(await LatencyAsync());
        }

        stage.Report.AtMost(
            "p50 of healthy endpoints beside ten bad ones, against all healthy", 1.1, disturbed.Median() / undisturbed.Median(), "");

        async Task<double> LatencyAsync()
        {
            foreach (var endpoint in Enumerable.Range(0, Endpoints))
                receiver.Of(endpoint).Clear();
            var operations = (int)(Rate * stage.Seconds);
            stage.Sink.Expect(operations);
            await hub.NewDriver().PaceAsync(16, Rate, operations, cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
            var latencies = healthy.SelectMany(endpoint => receiver.Of(endpoint).Latencies).Order().ToArray();
            BenchStage.Say(
                $"  {latencies.Length:N0} arrived after {Report.Text(latencies.Percentile(0.5))} / "
                    + $"{Report.Text(latencies.Percentile(0.99))} ms (p50 / p99)");
            return latencies.Percentile(0.5);
        }
    }

    private static HttpClient ClientOf(HubTarget hub, int tenant) => new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{hub.Server.Port}/api/v1/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", hub.Tenants[tenant].Key) },
    };
}
