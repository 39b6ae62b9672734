using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Audit;

/// <summary>Writes audit entries in the transaction of what they tell: no audit, no change. Addresses lose what may be a token.</summary>
public static class AuditLog
{
    public const string System = "system";

    public static void Need(LedgerNeeds needs, TenantId tenant) => needs.Row(AuditHeadTable.Instance, tenant);

    public static void Write(
        LedgerRows rows, TenantId tenant, string actor, string action, string subject, object detail, DateTimeOffset now)
    {
        var head = rows.Find(AuditHeadTable.Instance, tenant);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var seq = (head?.Seq ?? 0) + 1;
        var text = Redaction.Addresses(JsonSerializer.Serialize(detail, detail.GetType(), HubJson.Options));
        var hash = AuditEntry.HashOf(head?.Hash ?? [], tenant, seq, at, actor, action, subject, text);
        rows.Insert(AuditTable.Instance, new AuditEntry(tenant, seq, at, actor, action, subject, text, hash));
        var next = new AuditHead(tenant, seq, hash);
        if (head is null)
            rows.Insert(AuditHeadTable.Instance, next);
        else
            rows.Update(AuditHeadTable.Instance, next);
    }
}
