using Patchbay.Sandbox.Faults;
using Patchbay.Sandbox.Ledger;
using Patchbay.Sandbox.Running;

namespace Patchbay.Sandbox.Webhooks;

/// <summary>Bends a run as the faults and the magic code ask.</summary>
internal sealed class WebhookTwists(SandboxFaults faults, SandboxLedger ledger, SandboxOptions options)
{
    public IReadOnlyList<Webhook> Apply(WebhookRun run)
    {
        var magic = options.MagicValues ? MagicCodes.WebhookTwist(run.Code) : null;
        var reversal = faults.TakeForRun(run.Provider, run.Webhooks.Select(webhook => webhook.Name))?.Kind ?? magic;
        var ordered = reversal == FaultKind.WebhookOutOfOrder ? Reverse(run.Webhooks) : run.Webhooks;

        var sent = new List<Webhook>(ordered.Count);
        foreach (var webhook in ordered)
        {
            ledger.CountWebhook(run.Provider, WebhookFate.Due);
            var fault = faults.TakeForWebhook(run.Provider, webhook.Name);
            switch (fault?.Kind ?? magic)
            {
                case FaultKind.WebhookNone:
                    ledger.CountWebhook(run.Provider, WebhookFate.Withheld);
                    break;
                case FaultKind.WebhookDuplicate:
                    ledger.CountWebhook(run.Provider, WebhookFate.Due);
                    sent.Add(webhook);
                    sent.Add(webhook with { After = TimeSpan.Zero });
                    break;
                case FaultKind.WebhookLate:
                    sent.Add(webhook with { After = webhook.After + (fault?.Delay ?? options.WebhookLateness) });
                    break;
                case FaultKind.WebhookBadSignature:
                    sent.Add(webhook with { BadSignature = true });
                    break;
                default:
                    sent.Add(webhook);
                    break;
            }
        }

        return sent;
    }

    /// <summary>What would have come first comes last; one alone comes late, after those of the next step.</summary>
    private List<Webhook> Reverse(IReadOnlyList<Webhook> webhooks)
    {
        if (webhooks.Count == 1)
            return [webhooks[0] with { After = webhooks[0].After + options.WebhookLateness }];

        // Nothing may be told before it is true, so the run begins when its last webhook would have been sent.
        var whole = webhooks.Aggregate(TimeSpan.Zero, (sum, webhook) => sum + webhook.After);
        return [.. webhooks.Reverse().Select((webhook, index) => webhook with { After = index == 0 ? whole : options.WebhookGap })];
    }
}
