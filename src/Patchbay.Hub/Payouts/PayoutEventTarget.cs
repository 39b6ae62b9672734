using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Inbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts;

/// <summary>Takes what providers report about payouts.</summary>
internal sealed class PayoutEventTarget(Database database, PayoutChanges changes)
    : ProviderFactTarget<PayoutEvent, PayoutId, PayoutKey, Payout>(database, PayoutTable.Instance)
{
    protected override PayoutId IdOf(Payout payout) => payout.Id;

    protected override void Need(LedgerNeeds needs, Payout seen, PayoutEvent reported) => PayoutChanges.Need(needs, seen.Key);

    protected override void Apply(LedgerRows rows, Payout payout, PayoutEvent reported, DateTimeOffset now) =>
        changes.Join(rows, payout, reported.State, now);
}

/// <summary>Asks how a payout stands when its provider hints that it has changed.</summary>
internal sealed class PayoutHintTarget(Database database, IdGenerator ids, TimeProvider time)
    : ProviderEventTarget<PayoutHint, PayoutId, PayoutKey, Payout>(database, PayoutTable.Instance)
{
    protected override PayoutId IdOf(Payout payout) => payout.Id;

    protected override ValueTask<ISubjectUpdate?> FoundAsync(
        Payout payout, IntegrationId givenTo, PayoutHint reported, CancellationToken cancellationToken) => new(
        payout.ProviderReference is null
            ? null : new AskProvider(payout.Id.ToString(), PayoutFollowUp.Question(payout).New(ids, time.GetUtcNow())));
}
