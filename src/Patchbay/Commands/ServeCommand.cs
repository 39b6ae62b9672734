using System.CommandLine;
using Patchbay.Hosting;

namespace Patchbay.Commands;

/// <summary>Runs the hub until it is stopped.</summary>
internal sealed class ServeCommand : Verb
{
    public ServeCommand()
        : base(
            "serve",
            "Serve API, inbound webhooks, documentation, health and metrics until stopped. This is what happens without a verb.",
            "patchbay serve --urls http://0.0.0.0:8080",
            "PGPASSFILE=/etc/patchbay/pgpass patchbay serve --database 'Host=db;Database=patchbay;Username=patchbay'",
            "Logging__Console__FormatterName=json patchbay serve")
    {
        Options.Add(CommonOptions.Urls);
        SetAction(RunAsync);
    }

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var app = HubApplication.Build(
            parsed.GetValue(CommonOptions.Urls), SettingArguments.Read(parsed),
            builder => builder.Services.AddHostedService<Announcement>().AddHostedService<FirstRun>());
        await app.RunAsync(cancellationToken);
        return ExitCode.Done;
    }
}
