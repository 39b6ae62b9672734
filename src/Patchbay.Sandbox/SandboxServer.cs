using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Ledger;
using Patchbay.Sandbox.Plivo;
using Patchbay.Sandbox.Stripe;
using Patchbay.Sandbox.Twilio;

namespace Patchbay.Sandbox;

/// <summary>Stripe, Twilio and Plivo played back over real HTTP, in memory, with switches for everything that can go wrong.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SandboxWorld _world;
    private readonly StripeSandbox _stripe;
    private readonly TwilioSandbox _twilio;

    private SandboxServer(WebApplication app, SandboxWorld world, StripeSandbox stripe, TwilioSandbox twilio, Uri address) =>
        (_app, _world, _stripe, _twilio, Address) = (app, world, stripe, twilio, address);

    /// <summary>Where it listens, with a closing slash.</summary>
    public Uri Address { get; }

    /// <summary>In place of <c>https://api.stripe.com/</c>.</summary>
    public Uri StripeUrl => new(Address, "stripe/");

    /// <summary>In place of <c>https://api.twilio.com/</c>.</summary>
    public Uri TwilioUrl => new(Address, "twilio/");

    /// <summary>In place of <c>https://api.plivo.com/</c>.</summary>
    public Uri PlivoUrl => new(Address, "plivo/");

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
        var stripe = new StripeSandbox(world);
        var twilio = new TwilioSandbox(world);
        app.UseRouting();
        stripe.Map(app);
        twilio.Map(app);
        new PlivoSandbox(world).Map(app);
        new ControlApi(world, stripe, twilio).Map(app);
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
        return new SandboxServer(app, world, stripe, twilio, new Uri(address));
    }

    /// <summary>As Stripe's dashboard does it: all events of the key's account go to the address, signed with the secret. False for a malformed key.</summary>
    public bool RegisterStripeWebhook(string secretKey, Uri url, string secret) => _stripe.Register(secretKey, url, secret);

    /// <summary>Makes the token known that signs callbacks, which requests with an API key do not carry. False for a malformed SID.</summary>
    public bool RegisterTwilioAccount(string accountSid, string authToken) => _twilio.Register(accountSid, authToken);

    /// <summary>The customer pays a checkout session or a payment intent; false when none waits for it.</summary>
    public bool Pay(string id) => _stripe.Customer.Pay(id);

    /// <summary>The customer's bank declines a checkout session or a payment intent; false when none waits for it.</summary>
    public bool Decline(string id) => _stripe.Customer.Decline(id);

    public async ValueTask DisposeAsync()
    {
        await _world.StopAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        await _world.DisposeAsync();
    }
}
