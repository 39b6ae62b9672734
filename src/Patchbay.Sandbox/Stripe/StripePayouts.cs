using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Stripe.Wire;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Stripe;

/// <summary><c>/v1/payouts</c>. The balance always suffices, unless a magic code says otherwise.</summary>
internal sealed class StripePayouts(SandboxWorld world, StripeBooks books, StripeEvents events)
{
    public Reply Create(StripeAccount account, Call call)
    {
        var form = call.Nested;
        if (StripeParameters.Refuse(form, StripeParameters.OfPayout) is { } unknown)
            return unknown;
        if (StripeParameters.ReadSum(form, StripeAmounts.RefusePayout, out var amount, out var currency) is { } refusal)
            return refusal;
        var destination = form.TextAt("destination") ?? account.BankAccount;
        if (!destination.StartsWith("ba_", StringComparison.Ordinal) && !destination.StartsWith("card_", StringComparison.Ordinal))
            return StripeErrors.NotFound("external account", destination, "destination");
        var code = world.Options.MagicValues ? StripeMagic.CodeOf(form, amount) : null;
        if (code == MagicCodes.Invalid)
            return StripeParameters.RefuseByCode(code)!;
        if (code == MagicCodes.InsufficientFunds)
            return StripeErrors.Impossible("You have insufficient funds in your Stripe account.", "balance_insufficient");

        var payout = new StripePayout(account, world.Ids.Letters("po_"), amount, currency, world.Now.ToUnixTimeSeconds())
        {
            Destination = destination,
            Description = form.TextAt("description"),
            Method = form.TextAt("method") ?? "standard",
            Metadata = StripeParameters.Metadata(form.At("metadata")),
            Code = code,
        };
        books.Add(payout);
        world.Ledger.CountPayout("stripe", payout.Metadata.GetValueOrDefault("reference"));
        lock (payout.Gate)
        {
            Tell(payout, "payout.created");
            if (code != MagicCodes.CustomerLeaves)
                Later(payout, () => Leave(payout));
            return Ok(payout);
        }
    }

    public Reply Get(StripeAccount account, Call call) => With(account, call, Ok);

    public Reply List(StripeAccount account, Call call) => StripeLists.Page(
        call, "payout", books.Payouts(account).Where(payout =>
            (call.Query("destination") is not { } destination || payout.Destination == destination)
            && (call.Query("status") is not { } status || payout.Status == status)),
        payout => (payout.Id, payout.Created), Seen, StripeJson.Wire.PayoutView);

    public Reply Cancel(StripeAccount account, Call call) =>
        StripeParameters.Refuse(call.Nested, StripeParameters.OfPayoutCancel) ?? With(account, call, payout =>
        {
            if (payout.Status != "pending")
                return StripeErrors.Invalid("Payouts can only be canceled while they are pending.");
            payout.Cancel(world.Ids.Letters("txn_"));
            Tell(payout, "payout.canceled", "payout.updated");
            return Ok(payout);
        });

    private void Leave(StripePayout payout)
    {
        if (payout.Status != "pending")
            return;
        payout.Status = "in_transit";
        Tell(payout, "payout.updated");
        Later(payout, () => Arrive(payout));
    }

    private void Arrive(StripePayout payout)
    {
        if (payout.Code == MagicCodes.Declined)
        {
            payout.Fail("could_not_process", "The bank could not process this payout.", putBackBy: null);
            Tell(payout, "payout.failed", "payout.updated");
            return;
        }

        payout.Status = "paid";
        Tell(payout, "payout.paid", "payout.updated");
        if (payout.Code == MagicCodes.SessionExpires)
            Later(payout, () => ComeBack(payout));
    }

    /// <summary>The bank sends it back, days after Stripe took it for paid.</summary>
    private void ComeBack(StripePayout payout)
    {
        payout.Fail("account_closed", "The bank account has been closed.", world.Ids.Letters("txn_"));
        Tell(payout, "payout.failed", "payout.updated");
    }

    private void Later(StripePayout payout, Action step) => world.Agenda.After(world.Options.CustomerDelay, () =>
    {
        lock (payout.Gate)
            step();
    });

    private void Tell(StripePayout payout, params ReadOnlySpan<string> types)
    {
        var view = StripeViews.Of(payout);
        var happened = new (string, object?)[types.Length];
        for (var at = 0; at < types.Length; at++)
            happened[at] = (types[at], view);
        events.Tell(payout.Account, payout.Code, happened);
    }

    private Reply With(StripeAccount account, Call call, Func<StripePayout, Reply> work)
    {
        if (books.Payout(account, call.Route("id")) is not { } payout)
            return StripeErrors.NotFound("payout", call.Route("id"), "payout");
        lock (payout.Gate)
            return work(payout);
    }

    private static PayoutView Seen(StripePayout payout, IReadOnlySet<string> expand)
    {
        lock (payout.Gate)
            return StripeViews.Of(payout);
    }

    private static Reply Ok(StripePayout payout) => Reply.Json(200, StripeViews.Of(payout), StripeJson.Wire.PayoutView);
}
