using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Playing;
using Patchbay.Sandbox;
using Patchbay.Sandbox.Running;

namespace Patchbay.Commands;

/// <summary>Runs the hub until it is stopped.</summary>
internal sealed class ServeCommand : Verb
{
    public static readonly Option<string?> Sandbox = new("--sandbox")
    {
        Description = "Play the providers too, at this address, and set up the tenant 'default' to use them in sandbox mode. "
            + $"Default: {PlayedAt}",
        HelpName = "URL",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private const string PlayedAt = "http://127.0.0.1:5050";

    public ServeCommand()
        : base(
            "serve",
            "Serve API, inbound webhooks, documentation, health and metrics until stopped. This is what happens without a verb.",
            "patchbay serve --sandbox",
            "patchbay serve --urls http://0.0.0.0:8080",
            "PGPASSFILE=/etc/patchbay/pgpass patchbay serve --database 'Host=db;Database=patchbay;Username=patchbay'",
            "Logging__Console__FormatterName=json patchbay serve")
    {
        Options.Add(CommonOptions.Urls);
        Options.Add(Sandbox);
        SetAction(RunAsync);
    }

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var sandbox = await PlayAsync(parsed, cancellationToken);
        var settings = new Dictionary<string, string?>(sandbox?.Settings() ?? [], StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in SettingArguments.Read(parsed))
            settings[name] = value;
        await using var app = HubApplication.Build(parsed.GetValue(CommonOptions.Urls), settings, builder =>
        {
            builder.Services.AddHostedService<Announcement>().AddHostedService<FirstRun>()
                .AddSingleton(sandbox is null ? FirstSteps.Integration : FirstSteps.Payment);
            if (sandbox is not null)
                builder.Services.AddSingleton(sandbox).AddHostedService<SandboxSetup>();
        });
        await app.ServeAsync(cancellationToken);
        return ExitCode.Done;
    }

    private static async Task<SandboxServer?> PlayAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetResult(Sandbox) is null)
            return null;
        var url = parsed.GetValue(Sandbox) ?? PlayedAt;
        ListenAddresses.Check(url);
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Url = url }, cancellationToken);
        sandbox.Autopay = false;   // customers pay on the page
        return sandbox;
    }
}
