using Patchbay.Platform.Audit;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>Ends links that were not paid in time. Two nodes may try: only one ends a link.</summary>
public sealed class ExpiringLinks(Database database, Ledger ledger, LinkChanges changes, TimeProvider time)
{
    private readonly DueRows<LinkKey, PaymentLink> _due = new(PaymentLinkTable.Instance, "due_at", database, time);

    public Task RunAsync(CancellationToken cancellationToken) => _due.EachAsync(
        (link, stop) => ledger.CommitAsync(
            new EndLink(link.Key, LinkStatus.Expired, changes, AuditLog.System, time.GetUtcNow()), stop),
        cancellationToken);
}
