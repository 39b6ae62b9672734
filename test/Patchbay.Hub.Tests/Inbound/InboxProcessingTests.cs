using System.Net;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Inbound;

public sealed class InboxProcessingTests(HubDatabases databases)
{
    public static readonly TheoryData<string> Databases = [TestDatabases.Sqlite, TestDatabases.PostgreSql];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_repeat_is_acknowledged_counted_and_changes_nothing(string kind)
    {
        await using var database = await CreateAsync(kind);
        await using var hub = await InboundHub.StartAsync(database);
        await hub.GivenLetterAsync("letter-1");
        var integration = await hub.GivenIntegrationAsync();
        var withId = InboundHub.Report("evt_1", ("letter-1", "sent"));
        var withoutId = """{"letters":[{"ref":"letter-1","status":"delivered"}]}""";

        foreach (var bodies in new string[][] { [withId, withId], [withoutId, withoutId, withoutId] })
        {
            foreach (var body in bodies)
            {
                using var answer = await hub.DeliverAsync(integration, body);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }

            await hub.BecomesAsync("processed");
        }

        Assert.Equal([2, 1], (await hub.InboxAsync()).Select(entry => entry.GetProperty("duplicates").GetInt32()));
        Assert.Equal(
            ((int)MessageStatus.Delivered, 2), ((await hub.LetterAsync("letter-1")).Rank, (await hub.LetterAsync("letter-1")).Changes));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_same_event_arriving_many_times_at_once_is_stored_once(string kind)
    {
        await using var database = await CreateAsync(kind);
        await using var first = await InboundHub.StartAsync(database);
        await using var second = kind == TestDatabases.PostgreSql ? await InboundHub.StartAsync(database, join: first) : null;
        var integration = await first.GivenIntegrationAsync();
        const int Events = 30;
        for (var i = 0; i < Events; i++)
            await first.GivenLetterAsync($"letter-{i}");

        // Every event comes eight times at the same moment, half of them to the other node.
        var answers = await Task.WhenAll(Enumerable.Range(0, Events * 8).Select(async i =>
        {
            var hub = i % 2 == 0 ? first : second ?? first;
            using var answer = await hub.DeliverAsync(integration, InboundHub.Report($"evt_{i / 8}", ($"letter-{i / 8}", "delivered")));
            return answer.StatusCode;
        }));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        await first.BecomesAsync("processed");
        var entries = await first.InboxAsync("?limit=200");
        Assert.Equal(Events, entries.Count);
        Assert.All(entries, entry => Assert.Equal(7, entry.GetProperty("duplicates").GetInt32()));
        for (var i = 0; i < Events; i++)
            Assert.Equal(1, (await first.LetterAsync($"letter-{i}")).Changes);
    }

    [Fact]
    public async Task An_event_that_another_node_is_just_storing_is_acknowledged_as_its_repeat()
    {
        await using var database = await CreateAsync(TestDatabases.PostgreSql);
        await using var hub = await InboundHub.StartAsync(database);
        var integration = await hub.GivenIntegrationAsync();
        (await hub.DeliverAsync(integration, InboundHub.Report("evt_1"))).Dispose();
        await hub.BecomesAsync("ignored");
        await using var other = await database.Database.BeginWriteAsync(Token);
        await database.Database.ExecuteAsync(
            other,
            """
            INSERT INTO inbox SELECT tenant_id, integration_id, 'event:evt_2', gen_random_uuid(), provider, received_at, method, url, headers, body, body_hash,
                body_length, status, tries, tried_since, next_at, settled_at, detail, subject, duplicates, alerted_for FROM inbox WHERE tenant_id = @Tenant
            """,
            new { hub.Tenant }, Token);

        var arriving = hub.DeliverAsync(integration, InboundHub.Report("evt_2"));
        await Eventually.BecomesAsync(
            async () => (await database.Database.QueryAsync(
                "SELECT 1 AS one FROM pg_locks WHERE NOT granted LIMIT 1", new { }, row => row.Int("one"), Token)).Count > 0,
            TimeSpan.FromSeconds(60), Token);
        await other.CommitAsync(Token);

        using var answer = await arriving;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, (await hub.InboxAsync()).Count);
        Assert.Equal(1, (await hub.InboxAsync()).Sum(entry => entry.GetProperty("duplicates").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_is_about_something_unknown_waits_and_is_applied_once_it_is_known(string kind)
    {
        await using var database = await CreateAsync(kind);
        await using var hub = await InboundHub.StartAsync(database);
        var integration = await hub.GivenIntegrationAsync();

        (await hub.DeliverAsync(integration, InboundHub.Report("evt_1", ("letter-1", "delivered")))).Dispose();
        var waiting = await hub.BecomesAsync("unmatched");
        Assert.NotEqual(JsonValueKind.Null, waiting.GetProperty("next_at").ValueKind);
        Assert.Contains("letter-1", waiting.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await hub.GivenLetterAsync("letter-1");

        await hub.BecomesAsync("processed");
        Assert.Equal((int)MessageStatus.Delivered, (await hub.LetterAsync("letter-1")).Rank);
        Assert.Empty(await hub.AlertsAsync());
    }

    [Fact]
    public async Task What_stays_unknown_is_tried_for_an_hour_and_then_left_to_a_person_with_one_alert()
    {
        await using var database = await CreateAsync(TestDatabases.Sqlite);
        var time = new ManualTime();
        await using var hub = await InboundHub.StartAsync(database, time);
        var integration = await hub.GivenIntegrationAsync();
        (await hub.DeliverAsync(integration, InboundHub.Report("evt_1", ("letter-1", "delivered")))).Dispose();
        var entry = await hub.BecomesAsync("unmatched");

        var waits = new List<double>();
        while (entry.GetProperty("next_at").ValueKind != JsonValueKind.Null)
        {
            Assert.True(waits.Count < 50);
            var wait = entry.GetProperty("next_at").GetDateTimeOffset() - time.GetUtcNow();
            waits.Add(wait.TotalSeconds);
            time.StepClock(wait);   // timers stand still, so nobody else looks
            await hub.SweepAsync();
            entry = await hub.OnlyEntryAsync();
        }

        Assert.Equal([1, 5, 30, 120, 120], waits.Take(5));
        Assert.Equal(TimeSpan.FromHours(1), time.GetUtcNow() - ManualTime.Noon);
        Assert.Equal("unmatched", entry.GetProperty("status").GetString());
        Assert.Contains("inbox.unmatched", Assert.Single(await hub.AlertsAsync()), StringComparison.Ordinal);

        // Replayed in vain it waits another hour; nobody is alerted twice.
        var id = entry.GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.Accepted, (await hub.Api.PostJsonAsync($"api/v1/inbox/{id}/replay")).Status);
        await hub.SweepAsync();
        Assert.NotEqual(JsonValueKind.Null, (await hub.OnlyEntryAsync()).GetProperty("next_at").ValueKind);
        time.StepClock(TimeSpan.FromHours(1));
        await hub.SweepAsync();
        Assert.Equal(JsonValueKind.Null, (await hub.OnlyEntryAsync()).GetProperty("next_at").ValueKind);
        Assert.Single(await hub.AlertsAsync());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_status_the_map_does_not_know_parks_and_is_applied_by_a_replay_once_it_does(string kind)
    {
        await using var database = await CreateAsync(kind);
        await using var hub = await InboundHub.StartAsync(database);
        await hub.GivenLetterAsync("letter-1");
        var integration = await hub.GivenIntegrationAsync();

        (await hub.DeliverAsync(integration, InboundHub.Report("evt_1", ("letter-1", "eaten_by_dog")))).Dispose();
        var parked = await hub.BecomesAsync("unmapped");
        Assert.Equal(JsonValueKind.Null, parked.GetProperty("next_at").ValueKind);
        Assert.Contains("eaten_by_dog", Assert.Single(await hub.AlertsAsync()), StringComparison.Ordinal);
        var replay = $"api/v1/inbox/{parked.GetProperty("id").GetString()}/replay";

        Assert.Equal(HttpStatusCode.Accepted, (await hub.Api.PostJsonAsync(replay)).Status);
        await hub.BecomesAsync("unmapped");
        Postbox.Taught[(integration, "eaten_by_dog")] = MessageStatus.Failed;
        var reply = await hub.Api.PostJsonAsync(replay);

        Assert.Equal((HttpStatusCode.Accepted, "received"), (reply.Status, reply.Text("status")));
        await hub.BecomesAsync("processed");
        Assert.Equal((int)MessageStatus.Failed, (await hub.LetterAsync("letter-1")).Rank);
        Assert.Single(await hub.AlertsAsync());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_a_crashed_node_stored_but_did_not_process_is_picked_up(string kind)
    {
        await using var database = await CreateAsync(kind);
        var reached = new TaskCompletionSource();
        var crashed = await InboundHub.StartAsync(database, pace: async cancellationToken =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        });
        await crashed.GivenLetterAsync("letter-1");
        var integration = await crashed.GivenIntegrationAsync();
        using (var answer = await crashed.DeliverAsync(integration, InboundHub.Report("evt_1", ("letter-1", "delivered"))))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
        Assert.Equal("received", (await crashed.OnlyEntryAsync()).GetProperty("status").GetString());
        await crashed.DisposeAsync();

        await using var successor = await InboundHub.StartAsync(
            database, new ManualTime(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1)), join: crashed);
        await successor.SweepAsync();

        Assert.Equal("processed", (await successor.OnlyEntryAsync()).GetProperty("status").GetString());
        Assert.Equal((int)MessageStatus.Delivered, (await successor.LetterAsync("letter-1")).Rank);
    }

    [Fact]
    public async Task Of_several_events_in_one_webhook_the_known_ones_are_applied_and_the_others_waited_for()
    {
        await using var database = await CreateAsync(TestDatabases.Sqlite);
        await using var hub = await InboundHub.StartAsync(database);
        await hub.GivenLetterAsync("letter-1");
        await hub.GivenLetterAsync("letter-2");
        var integration = await hub.GivenIntegrationAsync();

        (await hub.DeliverAsync(integration, InboundHub.Report(
            "evt_1", ("letter-1", "sent"), ("letter-2", "delivered"), ("letter-1", "delivered"), ("letter-3", "failed")))).Dispose();
        await hub.BecomesAsync("unmatched");
        Assert.Equal(2, (await hub.LetterAsync("letter-1")).Changes);
        Assert.Equal(1, (await hub.LetterAsync("letter-2")).Changes);
        await hub.GivenLetterAsync("letter-3");

        var entry = await hub.BecomesAsync("processed");
        Assert.Equal(["let_letter-1", "let_letter-2", "let_letter-3"], entry.GetProperty("subjects").EnumerateArray()
            .Select(subject => subject.GetString()));
        Assert.Equal([2, 1, 1], new[] { await hub.LetterAsync("letter-1"), await hub.LetterAsync("letter-2"),
            await hub.LetterAsync("letter-3") }.Select(letter => letter.Changes));
    }

    [Fact]
    public async Task An_unknown_status_beside_known_ones_parks_the_webhook_after_those_were_applied()
    {
        await using var database = await CreateAsync(TestDatabases.Sqlite);
        await using var hub = await InboundHub.StartAsync(database);
        await hub.GivenLetterAsync("letter-1");
        var integration = await hub.GivenIntegrationAsync();

        (await hub.DeliverAsync(integration, InboundHub.Report("evt_1", ("letter-1", "sent"), ("letter-1", "lost_at_sea")))).Dispose();

        await hub.BecomesAsync("unmapped");
        Assert.Equal((int)MessageStatus.Sent, (await hub.LetterAsync("letter-1")).Rank);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_order_of_arrival_does_not_matter(string kind)
    {
        await using var database = await CreateAsync(kind);
        await using var hub = await InboundHub.StartAsync(database);
        await hub.GivenLetterAsync("letter-1");
        var integration = await hub.GivenIntegrationAsync();

        await Task.WhenAll(new[] { "read", "queued", "delivered", "sent" }.Select(async (status, i) =>
            (await hub.DeliverAsync(integration, InboundHub.Report($"evt_{i}", ("letter-1", status)))).Dispose()));

        await hub.BecomesAsync("processed");
        Assert.Equal(4, (await hub.InboxAsync()).Count);
        Assert.Equal((int)MessageStatus.Read, (await hub.LetterAsync("letter-1")).Rank);
    }

    [Fact]
    public async Task A_webhook_that_says_nothing_the_hub_follows_is_ignored()
    {
        await using var database = await CreateAsync(TestDatabases.Sqlite);
        await using var hub = await InboundHub.StartAsync(database);

        (await hub.DeliverAsync(await hub.GivenIntegrationAsync(), InboundHub.Report("evt_1"))).Dispose();

        await hub.BecomesAsync("ignored");
        Assert.Empty(await hub.AlertsAsync());
    }

    [Fact]
    public async Task A_connector_that_breaks_costs_an_alert_and_never_the_webhook()
    {
        await using var database = await CreateAsync(TestDatabases.Sqlite);
        await using var hub = await InboundHub.StartAsync(database);
        var integration = await hub.GivenIntegrationAsync();

        using var answer = await hub.DeliverAsync(integration, "this is no JSON");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var entry = await hub.BecomesAsync("failed");
        Assert.Contains("could not read it", entry.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("inbox.failed", Assert.Single(await hub.AlertsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_may_pass_is_tried_again()
    {
        await using var database = await CreateAsync(TestDatabases.Sqlite);
        var failures = 0;
        await using var hub = await InboundHub.StartAsync(
            database, pace: _ => Interlocked.Increment(ref failures) < 3
                ? throw new InvalidOperationException("not now") : Task.CompletedTask);
        await hub.GivenLetterAsync("letter-1");

        (await hub.DeliverAsync(await hub.GivenIntegrationAsync(), InboundHub.Report("evt_1", ("letter-1", "delivered")))).Dispose();

        var entry = await hub.BecomesAsync("processed");
        Assert.Equal(3, entry.GetProperty("tries").GetInt32());
        Assert.Empty(await hub.AlertsAsync());
    }

    [Fact]
    public async Task An_event_id_that_no_database_takes_is_kept_as_its_hash()
    {
        await using var database = await CreateAsync(TestDatabases.PostgreSql);
        await using var hub = await InboundHub.StartAsync(database);
        var integration = await hub.GivenIntegrationAsync();

        foreach (var id in new[] { "\\u0000", "\\ud800", new string('x', 5_000) })
        {
            using var answer = await hub.DeliverAsync(
                integration, $$$"""{"id":"{{{id}}}","letters":[{"ref":"\u0000","status":"\u0000\ud83d\ude00"}]}""");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await hub.BecomesAsync("unmapped");
    }

    private async Task<TestDatabase> CreateAsync(string kind)
    {
        Assert.SkipUnless(kind == TestDatabases.Sqlite || PostgresServer.IsInstalled, "PostgreSQL is not installed here.");
        return await databases.CreateAsync(kind, Token);
    }
}
