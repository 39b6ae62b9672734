using Patchbay.Hosting;
using Patchbay.Playing;
using Patchbay.Platform.Keys;
using Patchbay.Sandbox;
using Patchbay.Sandbox.Running;
using Patchbay.Storage;

namespace Patchbay.Demo;

/// <summary>
/// Sandbox and hub in this process, each on a free loopback port unless the hub is told where; the data is gone afterwards, unless it
/// lies in a database of one's own.
/// </summary>
internal sealed class DemoHub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private DemoHub(SandboxServer sandbox, WebApplication app, DirectoryInfo folder, string platformKey, TimeSpan startedIn) =>
        (Sandbox, _app, _folder, PlatformKey, StartedIn) = (sandbox, app, folder, platformKey, startedIn);

    public SandboxServer Sandbox { get; }

    public Uri Address => new(Announcement.ForPeople(_app.Urls.First()) + "/");

    public TimeProvider Time => _app.Services.GetRequiredService<TimeProvider>();

    /// <summary>For creating the tenant over the API. It is made here, as an operator makes it: there is no key before the first.</summary>
    public string PlatformKey { get; }

    public TimeSpan StartedIn { get; }

    public string Folder => _folder.FullName;

    /// <param name="urls">Null: a free loopback port.</param>
    /// <param name="settings">From the command line; they win.</param>
    public static async Task<DemoHub> StartAsync(
        string? urls, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("patchbay-demo-");
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), cancellationToken);
        var all = new Dictionary<string, string?>(sandbox.Settings(), StringComparer.OrdinalIgnoreCase)
        {
            ["Patchbay:Database"] = "sqlite:" + Path.Combine(
                settings.GetValueOrDefault(HubSettings.DataOption) ?? folder.FullName, "patchbay.db"),
            ["Patchbay:DataFolder"] = folder.FullName,
            ["Logging:LogLevel:Default"] = "Error",   // the screen belongs to the story
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        var app = HubApplication.Build(urls ?? "http://127.0.0.1:0", all);
        if (await UsedDatabase.IsUsedAsync(app.Services.GetRequiredService<Database>(), cancellationToken))
        {
            throw new RefusedException(
                "The demo needs a database of its own, and this one is in use: leave out --database and --data, or name an empty one.");
        }

        await app.StartAsync(cancellationToken);
        var key = await app.Services.GetRequiredService<ApiKeyCreation>().CreatePlatformKeyAsync("demo", cancellationToken);
        return new DemoHub(sandbox, app, folder, key.Value.Secret, TimeProvider.System.GetElapsedTime(began));
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await Sandbox.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
