using System.Collections.Concurrent;
using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Payments;

/// <summary>The payouts of a gateway, each once, and what becomes of them a moment later.</summary>
/// <param name="vendor">For the ledger.</param>
/// <param name="tell">Called at each step, one after the other.</param>
public sealed class GatewayPayouts(string vendor, SandboxWorld world, Action<GatewayPayout> tell)
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

        world.Ledger.CountPayout(vendor, wanted.Order.Reference);
        Later(wanted, wanted.Code switch
        {
            MagicCodes.Declined => GatewayPayoutStatus.Failed,
            MagicCodes.CustomerLeaves or MagicCodes.SessionExpires => GatewayPayoutStatus.Unclaimed,
            _ => GatewayPayoutStatus.Paid,
        });
        return wanted;
    }

    private void Later(GatewayPayout payout, GatewayPayoutStatus status) => world.Agenda.After(world.Options.CustomerDelay, () =>
    {
        payout.Status = status;
        tell(payout);
        if (status == GatewayPayoutStatus.Unclaimed && payout.Code == MagicCodes.SessionExpires)
            Later(payout, GatewayPayoutStatus.Returned);
    });
}
