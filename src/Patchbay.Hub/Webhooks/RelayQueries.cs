using Patchbay.Engine;
using Patchbay.Platform.Loops;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>The relays' SQL outside the ledger.</summary>
internal sealed class RelayQueries(Database database, TimeProvider time)
{
    private const int Step = 500;

    // One look into the tenant's events an endpoint, at the end of the index. Engine scope: all tenants.
    private const string BehindSql = $"""
        SELECT r.* FROM webhook_relays AS r
         WHERE r.is_active = @yes AND {TenantMoveTable.NotMoving}
           AND (r.expedite = @yes OR r.open_delivery IS NULL AND EXISTS (
                SELECT 1 FROM events AS e WHERE e.tenant_id = r.tenant_id AND e.id > r.position))
         LIMIT 10000
        """;

    private const string ForwardSql = """
        UPDATE deliveries SET due_at = @now, version = version + 1
         WHERE due_at IS NOT NULL AND leased_by IS NULL AND (tenant_id, id) IN (
               SELECT tenant_id, id FROM deliveries
                WHERE lane_id = @lane AND tenant_id = @tenant AND priority IN (1, 2) AND due_at > @now LIMIT @Step)
        """;

    private const string CancelSql = """
        UPDATE deliveries SET status = 'canceled', due_at = NULL, updated_at = @now, version = version + 1
         WHERE due_at IS NOT NULL AND leased_by IS NULL AND (tenant_id, id) IN (
               SELECT tenant_id, id FROM deliveries
                WHERE lane_id = @lane AND tenant_id = @tenant AND priority IN (0, 1, 2) AND due_at IS NOT NULL LIMIT @Step)
        """;

    /// <summary>Endpoints with something to do: newer events than they have read, or work to bring forward.</summary>
    public Task<IReadOnlyList<WebhookRelayState>> BehindAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(BehindSql, new { yes = true }, WebhookRelayTable.Instance.Read, cancellationToken);

    public Task<WebhookRelayState?> FindAsync(WebhookKey key, CancellationToken cancellationToken) =>
        database.FindAsync(WebhookRelayTable.Instance, key, cancellationToken);

    /// <summary>Lets everything that waits for its next try go at once.</summary>
    public Task BringForwardAsync(WebhookKey key, LaneId lane, CancellationToken cancellationToken) =>
        RepeatAsync(ForwardSql, key, lane, cancellationToken);

    /// <summary>Cancels what waits for a deleted endpoint.</summary>
    public Task CancelWaitingAsync(WebhookKey key, LaneId lane, CancellationToken cancellationToken) =>
        RepeatAsync(CancelSql, key, lane, cancellationToken);

    private Task RepeatAsync(string sql, WebhookKey key, LaneId lane, CancellationToken cancellationToken) => database.ExecuteInStepsAsync(
        sql, Step, new { now = time.GetUtcNow(), lane = lane.Value, tenant = key.Tenant, Step }, cancellationToken);
}
