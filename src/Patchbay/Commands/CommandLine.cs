using System.CommandLine;
using System.CommandLine.Help;
using Patchbay.Hosting;

namespace Patchbay.Commands;

/// <summary>The verbs of the executable.</summary>
internal static class CommandLine
{
    public static readonly IReadOnlyList<string> Examples =
    [
        "patchbay                                        serves the hub, on SQLite in ./data",
        "patchbay demo                                   shows the hub at work with played-back providers",
        "patchbay keys create --tenant default --permissions '*'",
        "patchbay doctor --json",
    ];

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <param name="output">Where a verb prints.</param>
    /// <param name="errors">Where it is said why one failed.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count == 0 && SettingArguments.NotUnderstood(parsed).FirstOrDefault() is { } word)
        {
            await errors.WriteLineAsync(
                $"'{word}' is not understood. See patchbay --help; settings are written --Section:Key=value.");
            return ExitCode.WrongUsage;
        }

        try
        {
            // The host handles Ctrl+C itself: it lets calls on their way finish, which takes longer than the two seconds given here.
            var code = await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            });
            return parsed.Errors.Count > 0 ? ExitCode.WrongUsage : code;
        }
        catch (Exception exception) when (Faults.Explain(exception) is { } fault)
        {
            await errors.WriteLineAsync(fault.Message);
            return fault.ExitCode;
        }
    }

    private static RootCommand Create()
    {
        var root = new RootCommand(
            "Patchbay, a self-hosted integration hub: one API to payment, messaging and other providers. Without a verb it serves.")
        {
            CommonOptions.Database,
            CommonOptions.Data,
            CommonOptions.Urls,
            ServeCommand.Sandbox,
            new ServeCommand(),
            new DemoCommand(),
            new MigrateCommand(),
            new TenantsCommand(),
            new KeysCommand(),
            new DoctorCommand(),
            new BackupCommand(),
            new SandboxCommand(),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(ServeCommand.RunAsync);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpPage((HelpAction)help.Action!);
        return root;
    }
}
