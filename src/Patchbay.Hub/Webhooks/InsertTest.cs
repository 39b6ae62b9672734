using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>Somebody tests an endpoint.</summary>
internal sealed class InsertTest(Delivery test, string actor, Reply reply) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => AuditLog.Need(needs, test.TenantId);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        rows.Insert(DeliveryTable.Instance, test);
        AuditLog.Write(rows, test.TenantId, actor, "webhook.test", new WebhookId(test.SubjectId).ToString(), new { }, test.CreatedAt);
        return reply;
    }
}
