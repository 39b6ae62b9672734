using Microsoft.Coyote;
using Microsoft.Coyote.SystematicTesting;

namespace Patchbay.CoyoteTests;

/// <summary>Runs a scenario again and again, each time with its tasks interleaved in another way.</summary>
internal static class Schedules
{
    /// <summary>What went wrong in the first schedule that failed; null when all were well.</summary>
    public static string? Explore(Func<Task> scenario, uint schedules)
    {
        var configuration = Configuration.Create().WithTestingIterations(schedules).WithRandomGeneratorSeed(7).WithTelemetryEnabled(false);
        using var engine = TestingEngine.Create(configuration, scenario);
        engine.Run();
        Console.WriteLine(engine.GetReport());
        return engine.TestReport.NumOfFoundBugs == 0 ? null : string.Join('\n', engine.TestReport.BugReports);
    }
}
