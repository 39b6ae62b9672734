using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Alerts;

namespace Patchbay.Hub.Payments;

/// <summary>Asks how payments stand that stay open.</summary>
internal sealed class PaymentFollowUp(FollowUpServices hub)
    : FollowUp<PaymentKey, Payment>(PaymentTable.Instance, "verify_at", Schedule, hub)
{
    public static readonly FollowUpSchedule Schedule = FollowUpSchedule.ForADay;

    protected override FollowedRow Read(Payment payment) => new(
        payment.TenantId, payment.Id.ToString(), payment.AwaitsProvider, payment.ProviderReference is not null,
        payment.WaitsUntil ?? payment.CreatedAt, payment.VerifyAt, payment.Verifications);

    protected override Payment Asked(Payment payment, DateTimeOffset? next) =>
        payment with { Verifications = payment.Verifications + 1, VerifyAt = next };

    /// <summary>The delivery that asks how a payment stands.</summary>
    public static Placement Question(Payment payment) =>
        new(PaymentCapabilities.Verify, payment.TenantId, payment.Id.Value, Integration.LaneOf(payment.IntegrationId));

    protected override ValueTask<Placement> AskAsync(Payment payment, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Question(payment));

    protected override Alert GivenUp(string id) =>
        new("payment_unresolved", "The payment has been open for a day; the provider is not asked any more.", id);
}
