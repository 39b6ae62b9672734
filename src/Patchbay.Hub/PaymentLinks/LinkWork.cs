using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>Inserts a new link.</summary>
/// <param name="url">Of its page.</param>
/// <param name="paid">The payment that it would begin: what must not be begun is not asked for.</param>
internal sealed class InsertLink(PaymentLink link, Uri url, Payment paid, LinkChanges changes, PaymentChanges payments, string actor)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => payments.NeedNew(needs, paid);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (payments.Refuse(rows, paid) is { } refusal)
            return refusal;
        changes.Write(rows, null, link, actor, LinkEvents.Created, link.CreatedAt);
        return Reply.Created(LinkView.Of(link, url), $"/api/v1/payment-links/{link.Id}");
    }
}

/// <summary>Ends a link that is open.</summary>
internal sealed class EndLink(LinkKey key, LinkStatus status, LinkChanges changes, string actor, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    private EventType Told => status == LinkStatus.Expired ? LinkEvents.Expired : LinkEvents.Canceled;

    public override void Need(LedgerNeeds needs) => LinkChanges.Need(needs, key);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(PaymentLinkTable.Instance, key) is not { } link)
            return Error.NotFound("payment link");
        if (link.Status != LinkStatus.Open)
            return ApiErrors.WrongStatus.With($"The link is {link.Status.ToWord()} already.");
        var ended = link with { Status = status, DueAt = null, UpdatedAt = now };
        changes.Write(rows, link, ended, actor, Told, now);
        return Reply.Ok(LinkView.Of(ended));
    }
}

/// <summary>
/// Begins a payment on a link, unless one is under way on a link for one payment: then that goes on, so that two who pay at once pay once.
/// </summary>
/// <param name="create">Makes the payment.</param>
internal sealed class PayOnLink(LinkKey key, PaymentId payment, LedgerWork<Result<Reply, Error>> create, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs)
    {
        create.Need(needs);
        LinkChanges.Need(needs, key);
    }

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(PaymentLinkTable.Instance, key) is not { } link || !link.IsOpenAt(now))
            return ApiErrors.WrongStatus.With("The link is not open any more.");
        if (link is { Usage: LinkUsage.Single, PaymentId: { } present })
            return ApiErrors.WrongStatus.With($"Payment {present} is under way on the link.");
        var made = create.Decide(rows);
        if (made.IsSuccess && link.Usage == LinkUsage.Single)
            rows.Update(PaymentLinkTable.Instance, link with { PaymentId = payment, UpdatedAt = now });
        return made;
    }
}
