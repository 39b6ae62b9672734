using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>Looks after endpoints that fail, and clears up after deleted ones. Any node may do it.</summary>
internal sealed class WebhookWatch(
    Database database, Ledger ledger, RelayQueries queries, OutboundStats stats, WebhookChanges changes, TimeProvider time)
{
    private const string LastNotice =
        "Every attempt has failed for four days; the endpoint is disabled when that goes on for another 24 hours.";

    /// <summary>So long calls to a deleted endpoint may still be on their way.</summary>
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(1);

    private readonly DueRows<WebhookKey, WebhookRelayState> _due = new(WebhookRelayTable.Instance, "check_at", database, time);

    public Task RunAsync(CancellationToken cancellationToken) => _due.EachAsync(async (relay, stop) =>
    {
        var now = time.GetUtcNow();
        var webhook = await database.FindAsync(WebhookTable.Instance, relay.Key, stop);
        if (webhook is null or { DeletedAt: not null })
        {
            await queries.CancelWaitingAsync(relay.Key, new(relay.Key.Id.Value), stop);
            await ledger.CommitAsync(new Forget(relay.Key, webhook?.DeletedAt + ForgetAfter <= now, now + ForgetAfter), stop);
            return;
        }

        var lastSuccess = relay.FailingSince is { } since
            ? await stats.LastSuccessAsync(relay.Key.Tenant, relay.Key.Id.Value, since, stop)
            : null;
        await ledger.CommitAsync(new Follow(relay, lastSuccess, changes, now), stop);
    }, cancellationToken);

    /// <summary>Does what follows, unless somebody else has done so meanwhile.</summary>
    private sealed class Follow(WebhookRelayState seen, DateTimeOffset? lastSuccess, WebhookChanges changes, DateTimeOffset now)
        : LedgerWork<FailureStep>
    {
        public override void Need(LedgerNeeds needs) => WebhookChanges.Need(needs, seen.Key);

        public override FailureStep Decide(LedgerRows rows)
        {
            if (rows.Find(WebhookRelayTable.Instance, seen.Key) is not { } relay || relay.CheckAt != seen.CheckAt
                || relay.FailingSince != seen.FailingSince
                || rows.Find(WebhookTable.Instance, seen.Key) is not { } webhook)
                return FailureStep.Nothing;
            var step = webhook.IsActive ? FailureRule.After(relay, lastSuccess, now) : FailureStep.Recovered;
            var next = relay with { CheckAt = relay.FailingSince is null ? null : now + FailureRule.CheckEvery };
            switch (step)
            {
                case FailureStep.Recovered:
                    next = relay.Recovered();
                    break;
                case FailureStep.TellFailing:
                    next = next with { Notices = 1 };
                    changes.Tell(rows, WebhookEvents.Failing, webhook, relay, null, "Every attempt has failed for 24 hours.", now);
                    break;
                case FailureStep.TellDisabling:
                    next = next with { Notices = 2 };
                    changes.Tell(rows, WebhookEvents.Disabling, webhook, relay, null, LastNotice, now);
                    break;
                case FailureStep.Disable:
                    changes.Disable(rows, seen.Key, DisabledReasons.Failing, "Every attempt has failed for five days.", now);
                    return step;
            }

            rows.Update(WebhookRelayTable.Instance, next);
            return step;
        }
    }

    private sealed class Forget(WebhookKey key, bool ended, DateTimeOffset again) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(WebhookRelayTable.Instance, key);

        public override bool Decide(LedgerRows rows)
        {
            if (rows.Find(WebhookRelayTable.Instance, key) is not { } relay)
                return false;
            if (ended)
                rows.Delete(WebhookRelayTable.Instance, key);
            else
                rows.Update(WebhookRelayTable.Instance, relay with { CheckAt = again });
            return ended;
        }
    }
}
