using System.CommandLine;
using Patchbay.Hosting;
using Patchbay.Sandbox;
using Patchbay.Sandbox.Running;

namespace Patchbay.Commands;

/// <summary>Runs the played-back providers alone, for a hub elsewhere.</summary>
internal sealed class SandboxCommand : Verb
{
    private readonly Option<string> _urls = new("--urls")
    {
        Description = "The address to listen on. The sandbox has no authentication of its own: keep it on a loopback or private address.",
        HelpName = "URL",
        DefaultValueFactory = _ => "http://127.0.0.1:5050",
    };

    public SandboxCommand()
        : base(
            "sandbox",
            "Run the provider sandbox alone: providers played back over HTTP, with faults on demand.",
            "patchbay sandbox --urls http://127.0.0.1:5050",
            "patchbay serve --Patchbay:AllowPrivateNetworks=true --Patchbay:Providers:twilio:BaseUrl=http://127.0.0.1:5050/twilio/")
    {
        Options.Add(_urls);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ListenAddresses.Check(parsed.GetRequiredValue(_urls));
        using var stop = new StopSignals();
        await using var sandbox =
            await SandboxServer.StartAsync(new SandboxOptions { Url = parsed.GetRequiredValue(_urls) }, cancellationToken);
        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync($"The sandbox listens on {sandbox.Address}. Point a hub at it with:");
        await output.WriteLineAsync("  Patchbay__AllowPrivateNetworks=true");
        foreach (var vendor in sandbox.Vendors)
            await output.WriteLineAsync($"  Patchbay__Providers__{vendor}__BaseUrl={sandbox.UrlOf(vendor)}");
        await output.WriteLineAsync($"Faults and the ledger are at {new Uri(sandbox.Address, "control/")}; Ctrl+C stops it.");
        await stop.WaitAsync();
        return ExitCode.Done;
    }
}
