using System.CommandLine;
using Patchbay.Platform.Features;
using Patchbay.Server.Composition;
using Patchbay.Telemetry;

namespace Patchbay.Hosting;

/// <summary>The hub's services without its server, for the verbs that do one thing and end.</summary>
internal sealed class HubCore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private HubCore(HubOptions options, ServiceProvider services) => (Options, _services) = (options, services);

    public HubOptions Options { get; }

    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static HubCore Open(ParseResult parsed)
    {
        var builder = Host.CreateApplicationBuilder();
        HubSettings.Configure(builder.Configuration, SettingArguments.Read(parsed));
        var options = HubSettings.Read(builder.Configuration);
        return Open(options);
    }

    /// <summary>The same for another shard; this one is not part of it.</summary>
    public HubCore On(string shard) => Open(Options.ForShard(shard));

    private static HubCore Open(HubOptions options)
    {
        // Output belongs to the verb; what is logged goes where errors go.
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)
            .AddLogLines()
            .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
                console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        return new HubCore(options, services.AddHubCore(options).BuildServiceProvider());
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
