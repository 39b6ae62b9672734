using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentGateways;

/// <summary>Begins the payment of an invoice, unless one for the same is open.</summary>
internal sealed class BeginIntent(LedgerWork<Result<Reply, Error>> create, OpenIntentKey key, Money amount, PaymentChanges changes)
    : LedgerWork<Result<Reply, Error>>
{
    /// <summary>Of the committed row: the payment that was read with it.</summary>
    private PaymentId? _seen;

    public override void Need(LedgerNeeds needs)
    {
        create.Need(needs);
        needs.Row(OpenIntentTable.Instance, key, (more, last) =>
        {
            _seen = last?.PaymentId;
            if (last is not null)
                changes.Need(more, new PaymentKey(key.Tenant, last.PaymentId));
        });
    }

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        var last = rows.Find(OpenIntentTable.Instance, key);
        if (last is not null && (last.PaymentId != _seen || IsOpen(rows, last)))   // another one is of this very transaction
        {
            return ApiErrors.ChangedMeanwhile.With(
                $"{last.PaymentId} was begun for this invoice at the same moment: ask again, and it goes on.");
        }

        return create.Decide(rows).Map(reply =>
        {
            var begun = new OpenIntent(key, ((PaymentView)reply.Body).Id);
            if (last is null)
                rows.Insert(OpenIntentTable.Instance, begun);
            else
                rows.Update(OpenIntentTable.Instance, begun);
            return reply;
        });
    }

    private bool IsOpen(LedgerRows rows, OpenIntent last) =>
        PaymentResolutions.Find(rows, new PaymentKey(key.Tenant, last.PaymentId)) is { IsOpen: true } open && open.Amount == amount;
}
