using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Ledger;
using Patchbay.Sandbox.Running;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox;

/// <summary>Providers played back over real HTTP, in memory, with switches for everything that can go wrong.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SandboxWorld _world;
    private readonly IReadOnlyList<ISandboxVendor> _vendors;

    private SandboxServer(WebApplication app, SandboxWorld world, IReadOnlyList<ISandboxVendor> vendors, Uri address) =>
        (_app, _world, _vendors, Address) = (app, world, vendors, address);

    /// <summary>Where it listens, with a closing slash.</summary>
    public Uri Address { get; }

    /// <summary>The names of the providers that are played back, as in their manifests.</summary>
    public IEnumerable<string> Vendors => _vendors.Select(vendor => vendor.Name);

    /// <summary>What it was really asked to do.</summary>
    public SandboxLedger Ledger => _world.Ledger;

    /// <summary>The fault switches.</summary>
    public SandboxFaults Faults => _world.Faults;

    /// <summary>Whether customers pay by themselves after the customer delay. On by default.</summary>
    public bool Autopay
    {
        get => _world.Autopay;
        set => _world.Autopay = value;
    }

    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        // An empty builder, because a host's own settings (ASPNETCORE_URLS and the like) are not meant for the sandbox.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(options.Url);
        builder.Services.AddRoutingCore();
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();

        var world = new SandboxWorld(options, fault => app.Logger.LogError(fault, "Something the sandbox had planned failed."));
        var vendors = VendorFinder.Find(options.Assemblies, world);
        var paths = new VendorPaths(vendors);
        app.Use((http, next) =>
        {
            paths.Resolve(http.Request);
            return next(http);
        });
        app.UseRouting();
        foreach (var vendor in vendors)
            vendor.Map(new VendorRoutes(app, world.DoorFor(vendor), vendor.Name));
        new ControlApi(world, vendors).Map(app);
        app.Lifetime.ApplicationStopping.Register(() => _ = world.StopAsync());
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            await world.DisposeAsync();
            throw;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        world.PublicUrl = (options.PublicUrl ?? address).TrimEnd('/') + "/";
        return new SandboxServer(app, world, vendors, new Uri(address));
    }

    /// <summary>In place of the base address of that provider's manifest; with a closing slash.</summary>
    public Uri UrlOf(string vendor) => new(Address, Find(vendor).Name + "/");

    /// <summary>What one does in the provider's dashboard: enters the integration's webhook address.</summary>
    /// <param name="credentials">The integration's, by the names of the manifest, secrets included.</param>
    /// <returns>False when they are malformed.</returns>
    public bool Connect(string vendor, IReadOnlyDictionary<string, string> credentials, Uri webhookUrl) =>
        Find(vendor).Connect(credentials, webhookUrl);

    /// <summary>The customer pays, whichever vendor's customer it is; false when no such payment waits for it.</summary>
    public bool Pay(string id) => _vendors.OfType<ICustomerDesk>().Any(desk => desk.Pay(id));

    /// <summary>The customer's bank declines; false when no such payment waits for it.</summary>
    public bool Decline(string id) => _vendors.OfType<ICustomerDesk>().Any(desk => desk.Decline(id));

    public async ValueTask DisposeAsync()
    {
        await _world.StopAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        await _world.DisposeAsync();
    }

    private ISandboxVendor Find(string vendor) => _vendors.FirstOrDefault(known => known.Name == vendor)
        ?? throw new ArgumentException($"The sandbox does not play '{vendor}', only {string.Join(", ", Vendors)}.", nameof(vendor));
}
