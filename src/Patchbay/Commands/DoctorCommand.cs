using System.CommandLine;
using Patchbay.Doctor;
using Patchbay.Hosting;
using Spectre.Console;

namespace Patchbay.Commands;

/// <summary>Looks at everything the hub needs and says what to do about each fault.</summary>
internal sealed class DoctorCommand : Verb
{
    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "Seconds to wait for each provider.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 5,
    };

    public DoctorCommand()
        : base(
            "doctor",
            "Check database, schema, clock, master key, data folder, public address and providers, and say what to do about each fault. "
                + "Changes nothing.",
            "patchbay doctor",
            "patchbay doctor --timeout 2 --json",
            "patchbay doctor || systemctl stop patchbay")
    {
        Options.Add(_timeout);
        Options.Add(CommonOptions.Json);
        _timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 600))
                result.AddError("--timeout must be more than 0 and at most 600 seconds.");
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var hub = HubCores.Open(parsed);
        var findings = await new Examination(hub, TimeSpan.FromSeconds(parsed.GetRequiredValue(_timeout))).RunAsync(cancellationToken);
        var healthy = findings.All(finding => finding.Severity != Severity.Fault);
        Output.Print(parsed, new { healthy, findings }, output => Show(output, findings, healthy));
        return healthy ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Show(TextWriter output, IReadOnlyList<Finding> findings, bool healthy)
    {
        var screen = Screen.On(output);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Check", "", "Found", "What to do");
        foreach (var finding in findings)
        {
            table.AddRow(
                new Text(finding.Check), new Markup(Word(finding.Severity)), new Text(finding.Found), new Text(finding.Remedy ?? ""));
        }

        screen.Write(table);
        screen.MarkupLine(healthy ? "[green]Nothing is wrong.[/]" : "[red]Something is wrong; see what to do above.[/]");
    }

    private static string Word(Severity severity) => severity switch
    {
        Severity.Ok => "[green]ok[/]",
        Severity.Warning => "[yellow]warning[/]",
        _ => "[red]fault[/]",
    };
}
