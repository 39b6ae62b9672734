using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Events;

namespace Patchbay.Integrations.Integrations;

/// <summary>The data of <c>integration.status_changed</c>.</summary>
/// <param name="Integration">As it is now.</param>
/// <param name="PreviousStatus">Null when the integration is new.</param>
public sealed record IntegrationStatusChange(IntegrationView Integration, IntegrationStatus? PreviousStatus)
{
    internal static readonly EventType Published = EventType.Of(
        "integration.status_changed", "An integration was created, or works in another way than before",
        new IntegrationStatusChange(Sample(), IntegrationStatus.PendingVerify));

    internal static IntegrationView Sample()
    {
        var at = new DateTimeOffset(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);
        return new IntegrationView(
            IntegrationId.Parse("int_01kanwzq3se8fbx0t2d7j4m9rk", null), "stripe", "Stripe", null, IntegrationMode.Live,
            IntegrationStatus.Active, null, ["initiate_payment", "process_refund"], new JsonObject { ["secret_key"] = "••••p7dc" }, null,
            [], "acct_1032D82eZvKYlo2C", "https://hub.example.com/api/webhooks/stripe/int_01kanwzq3se8fbx0t2d7j4m9rk", null, null,
            false, null, at.AddSeconds(2), at, at.AddSeconds(2));
    }
}
