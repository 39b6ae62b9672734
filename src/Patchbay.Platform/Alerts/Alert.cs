using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Patchbay.Platform.Events;

namespace Patchbay.Platform.Alerts;

/// <summary>Something a person should look at: the data of <c>alert.raised</c>.</summary>
/// <param name="Code">Stable word for what it is about: <c>delivery_unresolved</c>, <c>payment_unresolved</c>,
/// <c>payment_closing_refused</c>, <c>payment_claimed</c>, <c>refund_unresolved</c>, <c>refund_contradicted</c>, <c>refund_returned</c>,
/// <c>payout_unresolved</c>, <c>payout_contradicted</c>, <c>payout_returned</c>, <c>payout_not_completed</c>, <c>submit_not_received</c>,
/// <c>credentials_not_renewed</c>, <c>credentials_expiring</c>, <c>affiliate_rate_missing</c>, <c>invoice_overpaid</c>,
/// <c>payment_link_overpaid</c>, <c>inbox.unmatched</c>, <c>inbox.unmapped</c>, <c>inbox.failed</c> or <c>inbox.full</c>.</param>
/// <param name="Message">What happened, and what to do.</param>
/// <param name="Subject">Id of what it is about.</param>
public sealed record Alert(string Code, string Message, string Subject)
{
    /// <summary>The webhook that is left to a person, as the inbox shows it; left out of other alerts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Inbox { get; init; }

    public static readonly EventType Raised = EventType.Of(
        "alert.raised", "Something needs a person", new Alert(
            "delivery_unresolved",
            "It is not known whether this was carried out. Look it up at the provider, then resolve it with POST "
                + "/api/v1/deliveries/{id}/resolve.", "dlv_01kanx0fv9e5vbr9b7xw6n4c2m"));
}
