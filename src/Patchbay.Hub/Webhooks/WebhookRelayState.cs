using Patchbay.Engine;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>How far an endpoint has read its tenant's events, and how it fares with them.</summary>
[LedgerTable("webhook_relays", Class = "WebhookRelayTable")]
internal sealed partial record WebhookRelayState
{
    [Key, Column("tenant_id", "webhook_id")] public required WebhookKey Key { get; init; }

    /// <summary>As the endpoint itself; what is not active stands still.</summary>
    public required bool IsActive { get; init; }

    /// <summary>
    /// The last event that was dealt with: a delivery was made of it, or it was not wanted. Also the version of this row: it only grows.
    /// </summary>
    public required EventId Position { get; init; }

    /// <summary>Of an ordered endpoint, the delivery that has to end before the next is made; null when there is none.</summary>
    [Column("open_delivery")] public DeliveryId? Open { get; init; }

    /// <summary>It was activated: what waits for its next try is to go at once.</summary>
    public bool Expedite { get; init; }

    /// <summary>The first failure since the last success that is known of; null while it is not known to fail.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>How many notices of this failure were given.</summary>
    public int Notices { get; init; }

    /// <summary>When it is looked at again because it fails, or was deleted; null when there is no need.</summary>
    public DateTimeOffset? CheckAt { get; init; }

    /// <summary>An attempt has failed.</summary>
    public WebhookRelayState Failed(DateTimeOffset now) => this with
    {
        FailingSince = FailingSince ?? now, LastFailureAt = now, CheckAt = CheckAt ?? now + FailureRule.CheckEvery,
    };

    /// <summary>It is not failing, as far as is known.</summary>
    public WebhookRelayState Recovered() => this with { FailingSince = null, LastFailureAt = null, Notices = 0, CheckAt = null };
}
