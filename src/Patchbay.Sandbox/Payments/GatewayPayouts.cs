using System.Collections.Concurrent;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Payments;

/// <summary>The payouts of a gateway, each once, and what becomes of them a moment later.</summary>
/// <param name="vendor">For the ledger.</param>
/// <param name="tell">Called at each step, one after the other.</param>
/// <param name="receiverChooses">The receiver says on a page where it goes, and the merchant completes it then.</param>
public sealed class GatewayPayouts(string vendor, SandboxWorld world, Action<GatewayPayout> tell, bool receiverChooses = false)
    : ICustomerDesk
{
    private readonly ConcurrentDictionary<string, GatewayPayout> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(GatewayAccount Account, string Name), GatewayPayout> _byName = new();

    /// <summary>Null when the account has no such payout.</summary>
    public GatewayPayout? Find(GatewayAccount account, string id) =>
        _byId.GetValueOrDefault(id) is { } payout && payout.Account == account ? payout : null;

    /// <summary>In no order.</summary>
    public IEnumerable<GatewayPayout> Of(GatewayAccount account) => _byId.Values.Where(payout => payout.Account == account);

    /// <summary>The payout, or the earlier one of the account that has the same name.</summary>
    public GatewayPayout Begin(GatewayPayout wanted)
    {
        _byId[wanted.Id] = wanted;
        var begun = _byName.GetOrAdd((wanted.Account, wanted.Name), wanted);
        if (begun != wanted)
        {
            _byId.TryRemove(wanted.Id, out _);
            return begun;
        }

        if (receiverChooses && wanted.Code != MagicCodes.CustomerLeaves)
        {
            var next = wanted.Code == MagicCodes.SessionExpires ? GatewayPayoutStatus.Canceled : GatewayPayoutStatus.Requested;
            world.WhenCustomerComes(() => Move(wanted, GatewayPayoutStatus.Pending, next));
        }
        else if (!receiverChooses)
        {
            Leave(wanted);
        }

        return wanted;
    }

    /// <summary>The merchant completes what its receiver has asked for; false when there is nothing to complete.</summary>
    public bool Complete(GatewayPayout payout)
    {
        lock (payout)
        {
            if (payout.Status != GatewayPayoutStatus.Requested)
                return false;
            payout.Status = GatewayPayoutStatus.Processing;
        }

        Leave(payout);
        return true;
    }

    /// <summary>Of the account's payout with the merchant's name; null when there is none.</summary>
    public GatewayPayout? Named(GatewayAccount account, string name) => _byName.GetValueOrDefault((account, name));

    public bool Pay(string id) => ById(id) is { } payout && Move(payout, GatewayPayoutStatus.Pending, GatewayPayoutStatus.Requested);

    public bool Decline(string id) => ById(id) is { } payout && Move(payout, GatewayPayoutStatus.Pending, GatewayPayoutStatus.Canceled);

    public PayView? Show(string id) => ById(id) is { } payout
        ? new PayView(payout.Order.Amount.ToString()!, payout.Name, payout.Status == GatewayPayoutStatus.Pending, payout.Order.ReturnUrl)
        : null;

    private GatewayPayout? ById(string id) => _byId.GetValueOrDefault(id);

    private bool Move(GatewayPayout payout, GatewayPayoutStatus from, GatewayPayoutStatus to)
    {
        lock (payout)
        {
            if (payout.Status != from)
                return false;
            payout.Status = to;
            tell(payout);
            return true;
        }
    }

    private void Leave(GatewayPayout payout)
    {
        world.Ledger.CountPayout(vendor, payout.Order.Reference);
        Later(payout, payout.Code switch
        {
            MagicCodes.Declined => GatewayPayoutStatus.Failed,
            MagicCodes.CustomerLeaves or MagicCodes.SessionExpires => GatewayPayoutStatus.Unclaimed,
            _ => GatewayPayoutStatus.Paid,
        });
    }

    private void Later(GatewayPayout payout, GatewayPayoutStatus status) => world.Agenda.After(world.Options.CustomerDelay, () =>
    {
        payout.Status = status;
        tell(payout);
        if (status == GatewayPayoutStatus.Unclaimed && payout.Code == MagicCodes.SessionExpires)
            Later(payout, GatewayPayoutStatus.Returned);
    });
}
