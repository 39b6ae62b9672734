using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>What a person can do with the inbox: have webhooks processed again from their bytes, with today's map.</summary>
public sealed class InboxHandlers(InboxQueries inbox, TenantConfigs configs, TimeProvider time)
{
    public const int MaxReplay = 500;

    public async Task<Result<Operation, Error>> ReplayAsync(Caller caller, InboxId id, CancellationToken cancellationToken)
    {
        if (await inbox.FindAsync(caller.Tenant, id, cancellationToken) is not { } entry)
            return Error.NotFound("webhook in the inbox");
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        return caller.RefusalIn(config.Integrations.GetValueOrDefault(entry.Key.Integration)?.Mode)
            ?? (Result<Operation, Error>)new Operation(new ReplayOne(entry.Key, time.GetUtcNow()));
    }

    public async Task<Result<Operation, Error>> ReplayAllAsync(
        Caller caller, ReplayInboxRequest request, CancellationToken cancellationToken)
    {
        if (request.Status is not { } status || !InboxRules.CanBeReplayed(status))
            return Error.Invalid("status", "is required: unmatched, unmapped, failed or ignored");
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var filter = new InboxFilter(status, request.IntegrationId, null) { Among = config.IdsIn(caller.Mode) };
        var entries = await inbox.OldestAsync(caller.Tenant, filter, request.After, MaxReplay, cancellationToken);
        return new Operation(new ReplayMany(entries, status, time.GetUtcNow()));
    }

    private sealed class ReplayOne(InboxKey key, DateTimeOffset now) : LedgerWork<Result<Reply, Error>>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(InboxTable.Instance, key);

        public override Result<Reply, Error> Decide(LedgerRows rows)
        {
            if (rows.Find(InboxTable.Instance, key) is not { } entry)
                return Error.NotFound("webhook in the inbox");
            if (!InboxRules.CanBeReplayed(entry.Status))
            {
                return ApiErrors.WrongStatus.With(
                    $"Only an unmatched, unmapped, failed or ignored webhook can be replayed; it is {entry.Status.ToWord()} now.");
            }

            var replayed = InboxRules.Replayed(entry, now);
            rows.Update(InboxTable.Instance, replayed);
            return Reply.Accepted(InboxView.From(replayed), $"/api/v1/inbox/{entry.Id}");
        }
    }

    private sealed class ReplayMany(IReadOnlyList<InboxEntry> entries, InboxStatus status, DateTimeOffset now)
        : LedgerWork<Result<Reply, Error>>
    {
        public override void Need(LedgerNeeds needs)
        {
            foreach (var entry in entries)
                needs.Row(InboxTable.Instance, entry.Key);
        }

        public override Result<Reply, Error> Decide(LedgerRows rows)
        {
            var replayed = 0;
            foreach (var seen in entries)
            {
                if (rows.Find(InboxTable.Instance, seen.Key) is not { } entry || entry.Status != status)
                    continue;
                rows.Update(InboxTable.Instance, InboxRules.Replayed(entry, now));
                replayed++;
            }

            return new Reply(202, new ReplayInboxView(replayed, entries.Count == 0 ? null : entries[^1].Id, entries.Count == MaxReplay));
        }
    }
}
