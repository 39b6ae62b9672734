using System.Net;
using System.Text.Json;
using Patchbay.Platform.Tenants;
using Patchbay.Server.Composition;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Inbound;

/// <summary>A tenant's inbox takes so many bytes a day, and keeps so many.</summary>
public abstract class InboxLimitContract(HubDatabases databases, string kind)
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_above_a_days_bytes_is_refused_until_the_next_day_and_told_once()
    {
        var time = kind == TestDatabases.Sqlite ? new ManualTime() : null;   // PostgreSQL's own clock goes on
        await using var database = await databases.CreateAsync(kind, Token);
        await using var hub = await InboundHub.StartAsync(database, time, settings: Allow(day: 4_096));
        var integration = await hub.GivenIntegrationAsync();

        Assert.Equal([200, 200, 429, 429], await SendAsync(hub, integration, 1, 4));
        if (kind == TestDatabases.PostgreSql)   // a SQLite file is for one hub
        {
            await using var another = await InboundHub.StartAsync(database, time, join: hub, settings: Allow(day: 4_096));
            Assert.Equal([429], await SendAsync(another, integration, 5, 1));
        }

        Assert.Equal(2, (await hub.InboxAsync()).Count);
        var alert = JsonDocument.Parse(Assert.Single(await hub.AlertsAsync())).RootElement;
        Assert.Equal("inbox.full", alert.GetProperty("code").GetString());
        Assert.Contains("may have 4096", alert.GetProperty("message").GetString(), StringComparison.Ordinal);
        if (time is null)
            return;
        time.StepClock(TimeSpan.FromDays(1));
        Assert.Equal([200], await SendAsync(hub, integration, 6, 1));
    }

    [Fact]
    public async Task A_refusal_says_the_limit_how_much_there_is_and_when_to_try_again()
    {
        await using var database = await databases.CreateAsync(kind, Token);
        await using var hub = await InboundHub.StartAsync(database, settings: Allow(day: 1_024));
        var integration = await hub.GivenIntegrationAsync();

        using var answer = await hub.DeliverAsync(integration, Body(1));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal("inbox_full", problem.GetProperty("code").GetString());
        Assert.StartsWith(
            "The tenant has 0 bytes of webhooks received today and may have 1024:", problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal);
        Assert.Empty(await hub.InboxAsync());
    }

    protected static Action<HubOptions> Allow(long? day = null, long? kept = null) => hub =>
    {
        var limits = hub.Of<LimitOptions>();
        limits.InboxBytesADay = day ?? limits.InboxBytesADay;
        limits.InboxBytes = kept ?? limits.InboxBytes;
    };

    private static string Body(int number) => InboundHub.Report("evt_" + number) + new string(' ', 1_200);

    private protected static async Task<IReadOnlyList<int>> SendAsync(InboundHub hub, string integration, int first, int count)
    {
        var answers = new List<int>();
        for (var number = first; number < first + count; number++)
        {
            using var answer = await hub.DeliverAsync(integration, Body(number));
            answers.Add((int)answer.StatusCode);
        }

        return answers;
    }
}

public sealed class InboxLimitsOnSqlite(HubDatabases databases) : InboxLimitContract(databases, TestDatabases.Sqlite)
{
    private readonly HubDatabases _databases = databases;

    [Fact]
    public async Task What_is_above_the_bytes_that_are_kept_is_refused_on_other_days_too_and_other_tenants_go_on()
    {
        var time = new ManualTime();
        await using var database = await _databases.CreateAsync(TestDatabases.Sqlite, Token);
        await using var hub = await InboundHub.StartAsync(database, time, settings: Allow(kept: 4_096));
        var integration = await hub.GivenIntegrationAsync();
        var (_, key) = await hub.Host.CreateTenantAsync("Other", Token);
        using var other = hub.Host.Client(key);
        var others = await hub.GivenIntegrationAsync(api: other);

        Assert.Equal([200, 200, 429], await SendAsync(hub, integration, 1, 3));
        time.StepClock(TimeSpan.FromDays(2));

        Assert.Equal([429], await SendAsync(hub, integration, 4, 1));
        Assert.Equal([200], await SendAsync(hub, others, 5, 1));
    }
}

public sealed class InboxLimitsOnPostgreSql(HubDatabases databases) : InboxLimitContract(databases, TestDatabases.PostgreSql);
