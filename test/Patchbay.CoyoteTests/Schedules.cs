using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Coyote;
using Microsoft.Coyote.SystematicTesting;

namespace Patchbay.CoyoteTests;

/// <summary>Runs a scenario again and again, each time with its tasks interleaved in another way.</summary>
/// <remarks>Throwing <see cref="BrokenPromiseException"/>, or waiting for what never comes, is what counts as a find.</remarks>
internal static partial class Schedules
{
    /// <summary>How many of each scenario; <c>PATCHBAY_SCHEDULES</c> says otherwise.</summary>
    private static readonly uint Many = Environment.GetEnvironmentVariable("PATCHBAY_SCHEDULES") is { } many
        ? uint.Parse(many, CultureInfo.InvariantCulture)
        : Environment.GetEnvironmentVariable("PATCHBAY_TESTS") switch { "quick" => 25u, "long" => 400u, _ => 50u };

    /// <summary>No schedule breaks a promise.</summary>
    public static void AllKeep(Func<Task> scenario)
    {
        var (report, unique) = Run(scenario, Many);
        Assert.Empty(report.BugReports);
        Assert.True(unique > Many / 4, $"Only {unique} schedules differ.");   // so it is too when nothing was rewritten
    }

    /// <summary>The race is found, and told by what it breaks.</summary>
    public static void OneBreaks(Func<Task> scenario, string promise) =>
        Assert.Contains(promise, string.Join('\n', Run(scenario, 2_000).Report.BugReports), StringComparison.Ordinal);

    private static (TestReport Report, int Unique) Run(Func<Task> scenario, uint schedules)
    {
        var configuration = Configuration.Create().WithTestingIterations(schedules).WithTelemetryEnabled(false)
            .WithRandomGeneratorSeed(7).WithPotentialDeadlocksReportedAsBugs(true).WithDeadlockTimeout(20_000);
        using var engine = TestingEngine.Create(configuration, scenario);
        engine.Run();
        var summary = engine.GetReport();
        TestContext.Current.TestOutputHelper?.WriteLine(summary);
        return (engine.TestReport, int.Parse(Unique().Match(summary).Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"(\d+) unique")]
    private static partial Regex Unique();
}
