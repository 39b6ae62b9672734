using System.CommandLine;
using Patchbay.Demo.Props;
using Patchbay.Playing;
using Patchbay.Demo;
using Patchbay.Hosting;
using Spectre.Console;

namespace Patchbay.Commands;

/// <summary>Shows the hub at work, faults and all, without an account anywhere.</summary>
internal sealed class DemoCommand : Verb
{
    private readonly Option<bool> _exit = new("--exit") { Description = "End after the last step instead of staying up to be looked at." };

    private readonly Option<string?> _urls = new("--urls")
    {
        Description = "Where the demo's hub listens. Default: a free port of 127.0.0.1",
        HelpName = "URLS",
    };

    public DemoCommand()
        : base(
            "demo",
            "Show the hub at work: payments, messages, a rate limit, failures, a fallback and a refund in doubt, against played-back "
            + "providers. "
            + "Takes under a minute and uses a temporary database; a --database of your own must be empty.",
            "patchbay demo",
            "patchbay demo --exit",
            "patchbay demo --urls http://localhost:8080")
    {
        Options.Add(_exit);
        Options.Add(_urls);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var screen = Screen.On(parsed.InvocationConfiguration.Output);
        screen.MarkupLine("[bold]Patchbay[/], shown at work against played-back providers");
        await using var hub = await DemoHub.StartAsync(parsed.GetValue(_urls), SettingArguments.Read(parsed), cancellationToken);
        screen.MarkupLineInterpolated($"[grey]hub {hub.Address}  providers {hub.Sandbox.Address}  data {hub.Folder}[/]");
        screen.WriteLine();

        var progress = new ActProgress(screen);
        using var platform = new HubApi(hub.Address, hub.PlatformKey, hub.Time);
        using var stage = new Stage(platform, hub.Address, hub.Sandbox, hub.Time, progress.Say);
        var asTold = await new Show(screen, hub.Time).RunAsync(stage, progress, hub.StartedIn, cancellationToken);
        if (!parsed.GetValue(_exit))
        {
            Invite(parsed.InvocationConfiguration.Output, hub, stage);
            await hub.WaitForShutdownAsync(cancellationToken);
        }

        return asTold ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Written without wrapping, so that it can be copied.</summary>
    private static void Invite(TextWriter output, DemoHub hub, Stage stage)
    {
        output.WriteLine();
        output.WriteLine("Still up; Ctrl+C ends it.");
        output.WriteLine($"  API reference      {hub.Address}docs");
        output.WriteLine($"  API key            {stage.Key}");
        output.WriteLine($"  metrics            {hub.Address}metrics");
        output.WriteLine($"  providers' books   {hub.Sandbox.Address}control/ledger");
        output.WriteLine("Try:");
        output.WriteLine($"  curl -H 'Authorization: Bearer {stage.Key}' {hub.Address}api/v1/deliveries");
    }
}
