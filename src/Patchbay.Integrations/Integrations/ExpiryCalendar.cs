using Patchbay.Platform.Alerts;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>Tells people before an integration's credentials end, and switches it off when they have.</summary>
public sealed class ExpiryCalendar(
    Database database, Ledger ledger, IntegrationChanges changes, IntegrationViews views, EventLog events, TimeProvider time)
{
    private static readonly TimeSpan[] Before = [TimeSpan.FromDays(14), TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.Zero];

    private readonly DueRows<IntegrationKey, Integration> _due = new(IntegrationTable.Instance, "expiry_notice_at", database, time);

    /// <summary>14, 7 and 1 day before the end, and then; null when that is over, or there is no end.</summary>
    public static DateTimeOffset? Next(DateTimeOffset? end, DateTimeOffset now) => end is not { } at
        ? null : Before.Select(before => (DateTimeOffset?)(at - before)).FirstOrDefault(notice => notice > now);

    public Task RunAsync(CancellationToken cancellationToken) => _due.EachAsync(
        async (integration, _) => await ledger.CommitAsync(new Notice(integration, this, time.GetUtcNow()), cancellationToken),
        cancellationToken);

    private void Apply(LedgerRows rows, Integration before, DateTimeOffset end, DateTimeOffset now)
    {
        var after = before with { ExpiryNoticeAt = Next(end, now) };
        if (end <= now)
            after = after.AuthorizationEnded("The credentials have ended. Enter new ones, or connect it again.", now);
        else
            Tell(rows, after, end, now);
        changes.Write(rows, before, after, AuditLog.System, null, new { }, now);
    }

    private void Tell(LedgerRows rows, Integration integration, DateTimeOffset end, DateTimeOffset now)
    {
        var id = integration.Id.ToString();
        var days = (int)Math.Ceiling((end - now).TotalDays);
        events.Publish(
            rows, integration.TenantId, CredentialsExpiring.Published, id, new CredentialsExpiring(views.Of(integration), end), now);
        events.Publish(rows, integration.TenantId, Alert.Raised, id, new Alert(
            "credentials_expiring", $"The credentials of {integration.Name} end in {days} {(days == 1 ? "day" : "days")}: enter new ones "
                + "with PATCH /api/v1/integrations/{id}, or connect it again with POST .../connect.", id), now);
    }

    private sealed class Notice(Integration seen, ExpiryCalendar calendar, DateTimeOffset now) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => IntegrationChanges.Need(needs, seen.Key);

        public override bool Decide(LedgerRows rows)
        {
            if (rows.Find(IntegrationTable.Instance, seen.Key) is not { ExpiresAt: { } end } before
                || before.ExpiryNoticeAt != seen.ExpiryNoticeAt)
                return false;   // another node was first, or there are new ones
            calendar.Apply(rows, before, end, now);
            return true;
        }
    }
}
