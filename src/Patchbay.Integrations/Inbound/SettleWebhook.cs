using System.Text.Json;
using Patchbay.Platform.Alerts;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>
/// Applies what a webhook says and writes down how that went, in one transaction; or nothing of it, when it was processed by somebody else
/// or replayed since it was read.
/// </summary>
/// <returns>The entry as it is now; null when nothing was done.</returns>
internal sealed class SettleWebhook(InboxEntry seen, Findings findings, EventLog events, DateTimeOffset now) : LedgerWork<InboxEntry?>
{
    public override void Need(LedgerNeeds needs)
    {
        needs.Row(InboxTable.Instance, seen.Key);
        foreach (var update in findings.Updates)
            update.Need(needs);
        foreach (var told in findings.Costs)
            told.Need(needs);
    }

    public override InboxEntry? Decide(LedgerRows rows)
    {
        if (rows.Find(InboxTable.Instance, seen.Key) is not { NextAt: not null } entry || entry.Tries != seen.Tries
            || entry.TriedSince != seen.TriedSince)
            return null;
        foreach (var update in findings.Updates)
            update.Apply(rows, now);
        foreach (var told in findings.Costs)
            told.Apply(rows);
        var after = InboxRules.After(entry, findings, now);
        if (InboxRules.NeedsAlert(after))
        {
            after = after with { AlertedFor = after.Status };
            var alert = new Alert($"inbox.{after.Status.ToWord()}", after.Detail
                ?? "", after.Id.ToString()) { Inbox = JsonSerializer.SerializeToNode(InboxView.From(after), HubJson.Options)!.AsObject() };
            events.Publish(rows, after.Key.Tenant, Alert.Raised, alert.Subject, alert, now);
        }

        rows.Update(InboxTable.Instance, after);
        return after;
    }
}
