using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Inbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>
/// Asks how a payment stands when its provider hints that something happened to it, and how its refunds do: that may be what happened.
/// </summary>
internal sealed class PaymentHintTarget(Database database, IdGenerator ids, TimeProvider time)
    : ProviderEventTarget<PaymentHint, PaymentId, PaymentKey, Payment>(database, PaymentTable.Instance)
{
    private const int MaxRefunds = 50;

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromMinutes(1);

    protected override PaymentId IdOf(Payment payment) => payment.Id;

    /// <summary>
    /// What the provider has no reference for yet cannot be asked about: the hint waits for the answer to the first call, a refund's for a
    /// while.
    /// </summary>
    protected override async ValueTask<ISubjectUpdate?> FoundAsync(
        Payment payment, IntegrationId givenTo, PaymentHint reported, CancellationToken cancellationToken)
    {
        if (payment.ProviderReference is null)
            return null;
        var refunds = await Database.QueryAsync(
            "SELECT * FROM refunds WHERE tenant_id = @TenantId AND payment_id = @Id "
                + "AND status IN ('pending', 'succeeded') ORDER BY id DESC LIMIT @MaxRefunds",   // one that succeeded may come back
            new { payment.TenantId, payment.Id, MaxRefunds }, RefundTable.Instance.Read, cancellationToken);
        var now = time.GetUtcNow();
        if (refunds.Any(refund => refund.ProviderReference is null && refund.CreatedAt > now - AnswersWithin))
            return null;
        var known = refunds.Where(refund => refund.ProviderReference is not null);
        return new AskProvider(
            payment.Id.ToString(),
            [
                PaymentFollowUp.Question(payment).New(ids, now),
                .. known.Select(refund => RefundFollowUp.Question(refund, givenTo).New(ids, now)),
            ]);
    }
}
