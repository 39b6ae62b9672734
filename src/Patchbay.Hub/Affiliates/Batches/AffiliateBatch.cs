using Patchbay.Engine;
using Patchbay.Hub.Affiliates.Endpoints;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Batches;

public readonly record struct AffiliateBatchKey(TenantId Tenant, AffiliateBatchId Id);

/// <summary>Where a batch stands.</summary>
public enum AffiliateBatchStatus
{
    /// <summary>On its way, or waiting for an endpoint.</summary>
    Open,

    Delivered,

    /// <summary>Every try has failed, or a person has canceled it.</summary>
    GivenUp,
}

/// <summary>
/// Events of one type for an affiliate's portal, sent together: fixed once, then always the same bytes under the same id.
/// </summary>
/// <param name="FirstSeq">Of the events in it; there is no gap.</param>
/// <param name="Body">What is sent. Empty on a row that was only locked.</param>
/// <param name="Delivery">What carries it, or did last.</param>
public sealed record AffiliateBatch(
    AffiliateBatchKey Key, string AffiliateId, string Event, long FirstSeq, long LastSeq, int Size, byte[] Body,
    AffiliateBatchStatus Status, DeliveryId Delivery, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt);

/// <summary>The rows of <c>affiliate_batches</c>.</summary>
internal sealed class AffiliateBatchTable : Table<AffiliateBatchKey, AffiliateBatch>
{
    public static readonly AffiliateBatchTable Instance = new();

    private AffiliateBatchTable()
        : base("affiliate_batches", batch => batch.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("id", key => key.Id.Value);
        Fixed("affiliate_id", batch => batch.AffiliateId);
        Fixed("event", batch => batch.Event);
        Fixed("first_seq", batch => batch.FirstSeq);
        Fixed("last_seq", batch => batch.LastSeq);
        Fixed("size", batch => batch.Size);
        Fixed("created_at", batch => batch.CreatedAt);
        InsertOnly("body", batch => batch.Body);
        Mutable("status", batch => batch.Status.ToWord());
        Mutable("delivery_id", batch => batch.Delivery.Value);
        Mutable("ended_at", batch => batch.EndedAt);
    }

    public override AffiliateBatch Read(Row row) => Read(row, []);

    /// <summary>With its body.</summary>
    public AffiliateBatch ReadWhole(Row row) => Read(row, row.Bytes("body"));

    private static AffiliateBatch Read(Row row, byte[] body) => new(
        new AffiliateBatchKey(row.Id<TenantId>("tenant_id"), row.Id<AffiliateBatchId>("id")), row.Text("affiliate_id"), row.Text("event"), row.Long("first_seq"), row.Long("last_seq"),
        row.Int("size"), body, Words.Parse<AffiliateBatchStatus>(row.Text("status")), row.Id<DeliveryId>("delivery_id"), row.Time("created_at"), row.FindTime("ended_at"));
}
