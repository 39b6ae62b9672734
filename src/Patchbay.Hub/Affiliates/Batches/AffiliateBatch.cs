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
[LedgerTable("affiliate_batches")]
public sealed partial record AffiliateBatch(
    [Key] AffiliateBatchKey Key, [Fixed] string AffiliateId, [Fixed] string Event, [Fixed] long FirstSeq, [Fixed] long LastSeq,
    [Fixed] int Size, [Fixed] DateTimeOffset CreatedAt, [InsertOnly] byte[] Body, AffiliateBatchStatus Status, DeliveryId Delivery,
    DateTimeOffset? EndedAt);
