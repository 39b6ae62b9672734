using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Events;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Events;

public sealed class EventOrderAtStartTests(HubDatabases databases)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_restart_with_the_clock_set_back_new_events_still_come_after_the_old_ones()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        var time = new ManualTime();
        TenantId tenant;
        await using (var before = await HubHost.StartAsync(database.Setting, options => options.Time = time, _ct))
        {
            (tenant, _) = await before.CreateTenantAsync("Events", _ct);
            await PublishAsync(before, tenant, 3);
        }

        time.StepClock(TimeSpan.FromHours(-2));
        await using var after = await HubHost.StartAsync(database.Setting, options => options.Time = time, _ct);
        var feed = after.Services.GetRequiredService<EventFeed>();
        var seen = await feed.ReadAsync(tenant, default, EventPatterns.All, 10, _ct);
        await PublishAsync(after, tenant, 2);

        var later = await feed.ReadAsync(tenant, seen.Cursor, EventPatterns.All, 10, _ct);

        Assert.Equal((3, 2), (seen.Events.Count, later.Events.Count));
    }

    private Task PublishAsync(HubHost host, TenantId tenant, int count) =>
        new Announcer(host.Services.GetRequiredService<Ledger>(), host.Services.GetRequiredService<EventLog>(), tenant)
            .AlertAsync(count, _ct);
}
