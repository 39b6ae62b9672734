using Patchbay.Hub.Mirror.Names;
using Patchbay.Integrations.Timeline;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Invoices;

/// <summary>Invoices in the timeline of their customers.</summary>
internal sealed class InvoiceTimeline(Database database) : ITimelineSource
{
    public string Permission => "read:invoices";

    public Task<IReadOnlyList<TimelineEntry>> ReadAsync(TimelineQuery query, CancellationToken cancellationToken) =>
        database.QueryAsync(
            """
            SELECT * FROM invoices WHERE tenant_id = @Tenant AND customer_id = @customer AND id < @Before ORDER BY id DESC LIMIT @Limit
            """,
            new { query.Tenant, customer = CustomerId.Parse(query.Id, null), query.Before, query.Limit },
            row =>
            {
                var invoice = InvoiceTable.Instance.Read(row);
                return new TimelineEntry(invoice.Id.Value, "invoice", InvoiceView.Of(invoice));
            },
            cancellationToken);
}
