using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <content>The dedupe key is part of the key, so that a repeat finds and locks the first.</content>
public sealed partial class InboxTable
{
    /// <summary>What lists read: everything but the request itself.</summary>
    public const string ListColumns =
        "tenant_id, integration_id, dedupe_key, id, provider, received_at, body_hash, body_length, status, tries, tried_since, next_at, "
        + "settled_at, detail, subject, duplicates, alerted_for";

    internal static InboxKey ReadKey(Row row) =>
        new(row.Id<TenantId>("tenant_id"), row.Id<IntegrationId>("integration_id"), row.Text("dedupe_key"));
}
