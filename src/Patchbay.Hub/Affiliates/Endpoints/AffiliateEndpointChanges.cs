using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Platform.Api;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>Writes a changed endpoint with all that belongs to a change: the tenant's version and audit.</summary>
internal static class AffiliateEndpointChanges
{
    /// <summary>The outbox is locked after the tenant: it may not be there yet, and two who make it must not meet.</summary>
    public static void Need(LedgerNeeds needs, AffiliateEndpointKey key, AffiliateKey affiliate)
    {
        needs.Row(AffiliateEndpointTable.Instance, key);
        AuditLog.Need(needs, key.Tenant);
        needs.Row(TenantTable.Instance, key.Tenant, (more, _) => more.Row(AffiliateOutboxTable.Instance, affiliate));
    }

    public static void Write(LedgerRows rows, AffiliateEndpoint after, string actor, string action, object detail, DateTimeOffset now)
    {
        if (rows.Find(AffiliateEndpointTable.Instance, after.Key) is null)
            rows.Insert(AffiliateEndpointTable.Instance, after);
        else
            rows.Update(AffiliateEndpointTable.Instance, after);
        ConfigVersion.Raise(rows, after.Key.Tenant, after.Key.Id.ToString());
        AuditLog.Write(rows, after.Key.Tenant, actor, action, after.Key.Id.ToString(), detail, now);
    }

    /// <summary>The hub disables it. Nothing when it is not active any more.</summary>
    public static void Disable(LedgerRows rows, AffiliateEndpointKey key, string reason, DateTimeOffset now)
    {
        if (rows.Find(AffiliateEndpointTable.Instance, key) is { IsActive: true, DeletedAt: null } before)
        {
            var after = before with { IsActive = false, DisabledReason = reason, UpdatedAt = now };
            Write(rows, after, AuditLog.System, "affiliate_endpoint.disable", new { reason }, now);
        }
    }
}

/// <summary>A new endpoint takes up where the affiliate's one before has stopped.</summary>
internal sealed class InsertAffiliateEndpoint(AffiliateEndpoint endpoint, string actor, Reply reply) : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => AffiliateEndpointChanges.Need(needs, endpoint.Key, endpoint.Affiliate);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        var outbox = rows.Find(AffiliateOutboxTable.Instance, endpoint.Affiliate);
        if (outbox?.Endpoint is { } other)
            return AffiliateErrors.HasEndpoint.With($"The affiliate has an endpoint already ({other}): change it, or delete it first.");
        if (outbox is null)
            rows.Insert(AffiliateOutboxTable.Instance, new AffiliateOutbox(endpoint.Affiliate, endpoint.Key.Id, 0, null, null, null));
        else
            rows.Update(AffiliateOutboxTable.Instance, outbox with { Endpoint = endpoint.Key.Id });
        AffiliateEndpointChanges.Write(
            rows, endpoint, actor, "affiliate_endpoint.create", new { endpoint.AffiliateId, endpoint.Url }, endpoint.CreatedAt);
        return reply;
    }
}

/// <param name="change">Over the endpoint as it is.</param>
internal sealed class ChangeAffiliateEndpoint(
    AffiliateEndpoint seen, Func<AffiliateEndpoint, Result<AffiliateEndpoint, Error>> change, string actor, object detail,
    DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs) => AffiliateEndpointChanges.Need(needs, seen.Key, seen.Affiliate);

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(AffiliateEndpointTable.Instance, seen.Key) is not { DeletedAt: null } before)
            return Error.NotFound("affiliate endpoint");
        var changed = change(before);
        if (!changed.IsSuccess)
            return changed.Error;
        AffiliateEndpointChanges.Write(rows, changed.Value, actor, "affiliate_endpoint.update", detail, now);
        return Reply.Ok(AffiliateEndpointView.From(changed.Value));
    }
}

/// <summary>
/// An endpoint goes; its affiliate's events wait for the next one. So does the batch that is on its way: what carries it is canceled, or
/// ends by itself where a node is about to call, and the next endpoint gets the same batch.
/// </summary>
/// <param name="carrying">The delivery under way; null when there was none.</param>
internal sealed class DeleteAffiliateEndpoint(AffiliateEndpoint seen, DeliveryId? carrying, string actor, DateTimeOffset now)
    : LedgerWork<Result<Reply, Error>>
{
    public override void Need(LedgerNeeds needs)
    {
        AffiliateEndpointChanges.Need(needs, seen.Key, seen.Affiliate);
        if (carrying is { } delivery)
            needs.Row(DeliveryTable.Instance, new DeliveryKey(seen.Key.Tenant, delivery));
    }

    public override Result<Reply, Error> Decide(LedgerRows rows)
    {
        if (rows.Find(AffiliateEndpointTable.Instance, seen.Key) is not { DeletedAt: null } before
            || rows.Find(AffiliateOutboxTable.Instance, seen.Affiliate) is not { } outbox)
            return Error.NotFound("affiliate endpoint");
        if (outbox.OpenDelivery is not null && outbox.OpenDelivery != carrying)
            return Error.ChangedMeanwhile();
        if (outbox.OpenDelivery is { } open
            && rows.Find(DeliveryTable.Instance, new DeliveryKey(seen.Key.Tenant, open)) is { IsFinished: false } delivery)
            rows.Update(
                DeliveryTable.Instance,
                delivery.LeasedBy is null ? delivery.Cancel(now) : delivery with { CancelRequested = true, UpdatedAt = now });
        rows.Update(AffiliateOutboxTable.Instance, outbox with { Endpoint = null, OpenDelivery = null });
        var after = before with { IsActive = false, SealedSecrets = [], DeletedAt = now, UpdatedAt = now };
        AffiliateEndpointChanges.Write(rows, after, actor, "affiliate_endpoint.delete", new { before.AffiliateId, before.Url }, now);
        return Reply.Ok(AffiliateEndpointView.From(after));
    }
}
