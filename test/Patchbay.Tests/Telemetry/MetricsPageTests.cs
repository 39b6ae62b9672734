using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Network;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Tests.Telemetry;

[Collection(MeasuredApp.OneAtATime)]
public sealed class MetricsPageTests(PostgresServer postgres) : IDisposable
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly Meter _meter = new("Patchbay.Hub");

    [Fact]
    public async Task A_counter_has_its_unit_and_total_in_its_name_and_quotes_its_labels()
    {
        await using var app = await MeasuredApp.StartAsync(_ => { }, _ct);
        var counter = _meter.CreateCounter<long>("test.bytes.sent", "By", "Sent\nso far");
        counter.Add(2, new KeyValuePair<string, object?>("to.whom", "a\"b\\c\nd"));
        counter.Add(3, new KeyValuePair<string, object?>("to.whom", "a\"b\\c\nd"));

        var page = await app.ScrapeAsync(_ct);

        Assert.Contains("# TYPE test_bytes_sent_bytes_total counter\n", page, StringComparison.Ordinal);
        Assert.Contains("# HELP test_bytes_sent_bytes_total Sent\\nso far\n", page, StringComparison.Ordinal);
        Assert.Contains("test_bytes_sent_bytes_total{to_whom=\"a\\\"b\\\\c\\nd\"} 5\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_histogram_has_running_buckets_a_sum_and_a_count()
    {
        await using var app = await MeasuredApp.StartAsync(_ => { }, _ct);
        var histogram = _meter.CreateHistogram(
            "test.wait", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in new[] { 0.05, 0.5, 0.5, 7 })
            histogram.Record(value);

        var page = await app.ScrapeAsync(_ct);

        Assert.Contains(
            "test_wait_seconds_bucket{le=\"0.1\"} 1\ntest_wait_seconds_bucket{le=\"1\"} 3\ntest_wait_seconds_bucket{le=\"+Inf\"} 4\n", page,
            StringComparison.Ordinal);
        Assert.Contains("test_wait_seconds_sum{} 8.05\ntest_wait_seconds_count{} 4\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gauge_says_what_is_and_counters_go_on_from_page_to_page()
    {
        await using var app = await MeasuredApp.StartAsync(_ => { }, _ct);
        _meter.CreateObservableGauge("test.level", () => 1.5);
        var counter = _meter.CreateCounter<long>("test.turns");
        counter.Add(1);
        await app.ScrapeAsync(_ct);
        counter.Add(1);

        var page = await app.ScrapeAsync(_ct);

        Assert.Contains("# TYPE test_level gauge\n", page, StringComparison.Ordinal);
        Assert.Contains("\ntest_level{} 1.5\n", page, StringComparison.Ordinal);
        Assert.Contains("test_turns_total{} 2\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_of_the_engine_is_timed_in_seconds_by_capability_outcome_and_step()
    {
        await using var app = await MeasuredApp.StartAsync(_ => { }, _ct);
        using var engine = new ActivitySource("Patchbay.Engine");
        using (var attempt = engine.StartActivity("delivery.attempt"))
            attempt!.SetTag("delivery.capability", "send_sms").SetTag("delivery.outcome", "ok").SetTag("delivery.step", "Done");

        var page = await app.ScrapeAsync(_ct);

        const string Labels = "capability=\"send_sms\",outcome=\"ok\",step=\"Done\"";
        Assert.Contains($"patchbay_delivery_attempt_duration_seconds_count{{{Labels}}} 1\n", page, StringComparison.Ordinal);
        Assert.Contains($"patchbay_delivery_attempt_duration_seconds_bucket{{{Labels},le=\"0.25\"}} 1\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_label_names_a_host_that_was_called_and_durations_are_in_buckets_of_seconds()
    {
        await using var app = await MeasuredApp.StartAsync(web => web.MapGet("/one", () => "1"), _ct);
        using var called = new UriBuilder(app.Http.BaseAddress!) { Host = "localhost", Path = "/one" }.Uri is var address
            ? await app.Http.GetAsync(address, _ct) : null;

        string[] page = [];
        await Eventually.BecomesAsync(   // the server measures to the end, which is after the client has its answer
            async () => (page = (await app.ScrapeAsync(_ct)).Split('\n')).Any(
                line => line.StartsWith("http_server_request_duration_seconds_bucket{", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(20), _ct);

        Assert.Contains(page, line => line.StartsWith("http_client_request_duration_seconds_count{", StringComparison.Ordinal));
        Assert.Contains(page, line => line.StartsWith("http_client_request_duration_seconds_bucket{", StringComparison.Ordinal)
            && line.Contains("le=\"0.25\"", StringComparison.Ordinal));
        Assert.Contains(page, line => line.StartsWith("http_server_request_duration_seconds_bucket{", StringComparison.Ordinal)
            && line.Contains("le=\"0.25\"", StringComparison.Ordinal));
        Assert.Contains(page, line => line.StartsWith("http_client_open_connections{", StringComparison.Ordinal));
        Assert.All(page.Where(
            line => line.StartsWith("http_client_", StringComparison.Ordinal) || line.StartsWith("dns_", StringComparison.Ordinal)), line =>
            {
                Assert.DoesNotContain("localhost", line, StringComparison.Ordinal);
                Assert.DoesNotContain("127.0.0.1", line, StringComparison.Ordinal);
            });
    }

    [Fact]
    public async Task A_hundred_endpoints_at_hosts_of_their_own_are_as_many_series_as_one()
    {
        await using var app = await MeasuredApp.StartAsync(web => web.MapPost("/{tenant}", () => "taken"), _ct);
        var network = new NetworkOptions { AllowPrivateNetworks = true };
        ResolveHost resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback });
        using var clients = new OutboundClients(new AddressGuard(network, resolve), network, TimeProvider.System);
        var sender = new OutboundSender(clients, TimeProvider.System);
        await SendToAsync("first");
        var before = await SeriesAsync();

        for (var tenant = 0; tenant < 100; tenant++)
            await SendToAsync($"tenant-{tenant}");

        Assert.Contains(before, series => series.StartsWith("http_client_request_duration_seconds_count{", StringComparison.Ordinal));
        var after = await SeriesAsync();
        Assert.True(after.Count - before.Count < 100, $"{after.Count - before.Count} more series");   // other tests' are counted too
        Assert.DoesNotContain(after, series => series.Contains("tenant-", StringComparison.Ordinal));

        async Task SendToAsync(string name)
        {
            var url = new UriBuilder(app.Http.BaseAddress!) { Host = name + ".example", Path = "/" + name }.Uri;
            var report = await sender.PostAsync(
                new OutboundMessage(Guid.Empty, url, [], "application/json", [], [], Certificate: null), _ct);
            Assert.Null(report.Failure);
        }

        async Task<List<string>> SeriesAsync() => (await app.ScrapeAsync(_ct)).Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line[..line.LastIndexOf(' ')]).ToList();
    }

    [Fact]
    public async Task A_pool_of_connections_is_called_by_its_shard_and_not_by_where_it_connects_to()
    {
        await using var app = await MeasuredApp.StartAsync(_ => { }, _ct);
        var setting = await postgres.CreateDatabaseAsync(null, _ct);
        var name = new Npgsql.NpgsqlConnectionStringBuilder(setting).Database!;
        await using var database = Database.Open(setting, "east");
        PostgreSqlDatabase.Check(setting);   // of a database that is only checked nothing is told
        await database.QueryAsync("SELECT 1 AS one", new { }, row => row.Int("one"), _ct);
        await database.Reserved.QueryAsync("SELECT 1 AS one", new { }, row => row.Int("one"), _ct);

        var pools = (await app.ScrapeAsync(_ct)).Split('\n')
            .Where(line => line.StartsWith("db_client_", StringComparison.Ordinal)).ToList();

        Assert.Contains(pools, line => line.Contains("pool_name=\"east\"", StringComparison.Ordinal));
        Assert.Contains(pools, line => line.Contains("pool_name=\"east reserved\"", StringComparison.Ordinal));
        Assert.DoesNotContain(pools, line => line.Contains("checked", StringComparison.Ordinal)
            || line.Contains($"Database={name}", StringComparison.Ordinal));
    }

    public void Dispose() => _meter.Dispose();
}
