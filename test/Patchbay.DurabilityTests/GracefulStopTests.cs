using System.Diagnostics;
using Patchbay.DurabilityTests.Books;
using Patchbay.DurabilityTests.Running;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.DurabilityTests;

/// <summary>A hub that is asked to end lets calls on their way finish and gives the rest back.</summary>
public abstract class GracefulStopTests(HubDatabases databases, string kind)
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_under_load_ends_in_time_and_spends_no_attempt()
    {
        await using var stage = await Stage.SetAsync(databases, kind, $"stopped-{kind}", _ct);
        var load = new LoadRun(stage.Client, payments: 100, refunds: 20, messages: 900);
        var clock = Stopwatch.StartNew();

        var running = load.RunAsync(16, _ct);
        await load.AcceptedAsync(load.Total / 2, _ct);
        stage.Sandbox.Faults.Add(new SandboxFault(FaultKind.Slow)
        {
            Provider = "twilio", Operation = "messages.create", Count = 60, Delay = TimeSpan.FromSeconds(2),
        });
        await load.AcceptedAsync(load.Total / 2 + 20, _ct);
        var stopping = Stopwatch.StartNew();
        var exitCode = await stage.Hub.StopAsync(_ct);
        var stopTook = stopping.Elapsed;
        stage.Hub.Start();
        await running;

        await Verdict.NothingLostAsync(
            $"Stopped in {stopTook.TotalSeconds:0.0} s, {kind}", stage, load, clock.Elapsed, mayDouble: 0, _ct, async (hub, faults) =>
            {
                if (exitCode != 0)
                    faults.Add($"The exit code was {exitCode}");
                if (stopTook > StopTimeout + TimeSpan.FromSeconds(3))
                    faults.Add($"The stop took {stopTook}");
                if ((await hub.AttemptsAsync(_ct)).Any(attempt => attempt.What != "call ok "))
                    faults.Add("The stop spent attempts");
            });
    }
}

public sealed class GracefulStopOnSqlite(HubDatabases databases) : GracefulStopTests(databases, TestDatabases.Sqlite);

public sealed class GracefulStopOnPostgreSql(HubDatabases databases) : GracefulStopTests(databases, TestDatabases.PostgreSql);
