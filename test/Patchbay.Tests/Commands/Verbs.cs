using Patchbay.Commands;
using Patchbay.TestKit;

namespace Patchbay.Tests.Commands;

/// <summary>
/// Verbs that do one thing and end, run in this process as <c>Program</c> runs them: a process of its own for each would spend its time on
/// compiling. That the executable gives on what they print and end with is seen in <see cref="UsageTests"/>.
/// </summary>
internal static class Verbs
{
    public static async Task<PatchbayProcess.Ended> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, errors).WaitAsync(cancellationToken);
        return new PatchbayProcess.Ended(code, output.ToString(), errors.ToString());
    }
}

/// <summary>What whoever runs the tests has set in the environment is not meant for the hubs of this process.</summary>
public sealed class NoSettings
{
    public NoSettings()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("Patchbay__", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)))
            Environment.SetEnvironmentVariable(name, null);
    }
}
