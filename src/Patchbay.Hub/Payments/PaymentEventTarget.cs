using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Inbound;
using Patchbay.Platform.Audit;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Takes what providers report about payments.</summary>
internal sealed class PaymentEventTarget(Database database, PaymentChanges changes)
    : ProviderFactTarget<PaymentEvent, PaymentId, PaymentKey, Payment>(database, PaymentTable.Instance)
{
    protected override PaymentId IdOf(Payment payment) => payment.Id;

    protected override void Need(LedgerNeeds needs, Payment seen, PaymentEvent reported) =>
        changes.Need(needs, seen.Key, reported.State);

    protected override void Apply(LedgerRows rows, Payment payment, PaymentEvent reported, DateTimeOffset now) =>
        changes.Write(rows, payment, changes.Join(rows, payment, reported.State, now), AuditLog.System, "webhook", now);

    /// <summary>An amount in another currency cannot be this payment's.</summary>
    protected override ValueTask<ISubjectUpdate?> FoundAsync(
        Payment payment, IntegrationId givenTo, PaymentEvent reported, CancellationToken cancellationToken) =>
        reported.State.Captured is { } captured && captured.Currency != payment.Amount.Currency
            ? new((ISubjectUpdate?)null) : base.FoundAsync(payment, givenTo, reported, cancellationToken);
}
