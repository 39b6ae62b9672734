using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Ledger;
using Patchbay.Sandbox.Running;
using Patchbay.Sandbox.Webhooks;

namespace Patchbay.Sandbox.Vendors;

/// <summary>What the vendors of one sandbox share: clock, ids, agenda, ledger, faults and the way out for webhooks.</summary>
public sealed class SandboxWorld : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly MagicFaults _magic;

    internal SandboxWorld(SandboxOptions options, Action<Exception> onFault)
    {
        Options = options;
        _magic = new MagicFaults(options.MagicValues);
        Agenda = new Agenda(options.Time, onFault);
        Webhooks = new WebhookSender(Agenda, Ledger, new WebhookTwists(Faults, Ledger, options), options);
    }

    public SandboxOptions Options { get; }

    public SandboxIds Ids { get; } = new();

    public SandboxLedger Ledger { get; } = new();

    public SandboxFaults Faults { get; } = new();

    public Agenda Agenda { get; }

    public WebhookSender Webhooks { get; }

    /// <summary>Whether customers pay by themselves.</summary>
    public bool Autopay { get; set; } = true;

    /// <summary>Where browsers reach the sandbox, with a closing slash; known once it listens.</summary>
    public string PublicUrl { get; internal set; } = "";

    public DateTimeOffset Now => Options.Time.GetUtcNow();

    internal VendorDoor DoorFor(ISandboxVendor vendor) => new(vendor, Ledger, Faults, _magic, Options, _stopping.Token);

    /// <summary>Once the customer delay has passed, unless paying by themselves is switched off by then.</summary>
    public void WhenCustomerComes(Action act) => Agenda.After(Options.CustomerDelay, () =>
    {
        if (Autopay)
            act();
    });

    /// <summary>Ends what hangs, so that the server can stop.</summary>
    internal Task StopAsync() => _stopping.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        Agenda.Dispose();
        await Webhooks.DisposeAsync();
        _stopping.Dispose();
    }
}
