using Patchbay.Bench.Load;
using Patchbay.Bench.Machine;
using Patchbay.Storage;

namespace Patchbay.Bench.Targets;

/// <summary>The hub as its users run it, with 50 tenants of 20 integrations each, chosen by rules.</summary>
internal sealed class HubTarget : Target
{
    private readonly TenantSetup[] _tenants;

    private HubTarget(string name, ServerProcess server, int? postgres, string setting, TenantSetup[] tenants)
        : base(name, server, postgres)
    {
        Store = Database.Open(setting);
        Setting = setting;
        _tenants = tenants;
    }

    /// <summary>The hub's own database.</summary>
    public Database Store { get; }

    /// <summary>The setting <c>Patchbay:Database</c>.</summary>
    public string Setting { get; }

    public IReadOnlyList<TenantSetup> Tenants => _tenants;

    /// <param name="database">The setting <c>Patchbay:Database</c>.</param>
    /// <param name="tenants">Already there from an earlier start on the same database; null: they are made.</param>
    /// <param name="build">Folder of the hub's build; null: the one the bench was built with.</param>
    public static async Task<HubTarget> StartAsync(
        string name, string database, int? postgres, Sink sink, string folder, CancellationToken cancellationToken,
        TenantSetup[]? tenants = null, string? build = null)
    {
        build ??= AppContext.BaseDirectory;
        var server = Serve(name, database, sink, folder, build);
        await server.ReadyAsync("readyz", cancellationToken);
        tenants ??= await HubSetup.MakeAsync(
            build, server.Port, Path.Combine(folder, name), Environment(database, sink, Path.Combine(folder, name)), cancellationToken);
        return new HubTarget(name, server, postgres, database, tenants);
    }

    /// <summary>Starts the hub and does not wait for it.</summary>
    public static ServerProcess Serve(string name, string database, Sink sink, string folder, string? build = null) => new(
        Path.Combine(folder, name + ".log"), Path.Combine(build ?? "", "patchbay.dll"),
        Environment(database, sink, Path.Combine(folder, name)),
        port => ["serve", "--urls", $"http://127.0.0.1:{port}/"]);

    public static Dictionary<string, string> Environment(string database, Sink sink, string data) => new()
    {
        ["Patchbay__Database"] = database,
        ["Patchbay__DataFolder"] = data,
        ["Patchbay__AllowPrivateNetworks"] = "true",
        ["Patchbay__AllowHttpWebhooks"] = "true",
        ["Patchbay__PublicUrl"] = "https://hub.example.com/",
        ["Patchbay__Providers__twilio__BaseUrl"] = $"http://127.0.0.1:{sink.Port}/",
    };

    /// <summary>The raw request of an operation for one shop of one tenant.</summary>
    public byte[] RequestFor(int tenant, string shop, string run, int number, string priority = "normal") =>
        Operation.Request("/api/v1/messages", _tenants[tenant].Key, run, number, shop, priority);

    protected override byte[] Request(string run, int number) =>
        RequestFor(number % Operation.Tenants, Operation.ShopOf(number), run, number);

    protected override async Task<long> OpenAsync(CancellationToken cancellationToken) => await Store.FindAsync<object>(
        "SELECT 1 FROM deliveries WHERE leased_by IS NOT NULL LIMIT 1", new { }, row => row, cancellationToken) is null ? 0 : 1;
}
