using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>
/// Settles what no provider tells of: payments whose money is found on an account, and those that were left to a person. Whoever does it,
/// a person or a statement, names the transaction, which settles nothing else.
/// </summary>
public sealed class PaymentResolutions(TenantConfigs configs, ProviderCatalog catalog, PaymentChanges changes)
{
    /// <summary>People and statements tell whether money arrived there, and nobody else.</summary>
    public async Task<bool> AreManualAsync(TenantId tenant, IntegrationId integration, CancellationToken cancellationToken) =>
        (await configs.GetAsync(tenant, cancellationToken)).Integrations.GetValueOrDefault(integration) is { } found
        && catalog.Find(found.Provider)?.Manifest.Settlement == ProviderSettlement.Manual;

    /// <param name="transaction">As the bank or wallet names it; null when nothing is named.</param>
    public void Need(LedgerNeeds needs, PaymentKey key, string? transaction)
    {
        changes.Need(needs, key);
        needs.Row(PaymentTable.Instance, key, (more, payment) => NeedEvidence(more, payment, transaction));
    }

    /// <summary>The payment that was needed; null when there is none.</summary>
    public static Payment? Find(LedgerRows rows, PaymentKey key) => rows.Find(PaymentTable.Instance, key);

    /// <summary>Money for it was found.</summary>
    /// <param name="amount">Above zero, and at most the payment's.</param>
    /// <param name="cause">For the audit.</param>
    /// <returns>The payment, or why it cannot be.</returns>
    public Result<Payment, Error> Confirm(
        LedgerRows rows, PaymentKey key, Money amount, string? transaction, string actor, string cause, DateTimeOffset now)
    {
        if (rows.Find(PaymentTable.Instance, key) is not { } payment)
            return Error.NotFound("payment");
        if (payment.Facts.Phase is PaymentPhase.Succeeded or PaymentPhase.Authorized)
            return ApiErrors.WrongStatus.With($"The payment is {payment.Status.ToWord()} already.");
        if (Take(rows, payment.TenantId, payment.IntegrationId, transaction, payment.Id.ToString(), now) is { } used)
            return used;
        var state = new PaymentState(payment.ProviderReference ?? "", PaymentStatus.Succeeded) { Captured = amount };
        return Write(rows, payment, state, actor, cause, now);
    }

    /// <summary>Joins what was found out of it.</summary>
    internal Payment Write(LedgerRows rows, Payment payment, PaymentState state, string actor, string cause, DateTimeOffset now)
    {
        var after = changes.Join(rows, payment, state with { At = now }, now);
        changes.Write(rows, payment, after, actor, cause, now);
        return after;
    }

    internal static void NeedEvidence(LedgerNeeds needs, Payment? payment, string? transaction)
    {
        if (payment is null || transaction is null)
            return;
        needs.Row(PaymentEvidenceTable.Instance, KeyOf(payment.TenantId, payment.IntegrationId, transaction));
        needs.Row(
            PaymentEvidenceTable.Instance,   // as it was entered before capitals and blanks were made the same
            new PaymentEvidenceKey(payment.TenantId, payment.IntegrationId, transaction));
    }

    /// <summary>Banks write capitals, and people blanks: that is the same transaction.</summary>
    private static PaymentEvidenceKey KeyOf(TenantId tenant, IntegrationId integration, string transaction) =>
        new(tenant, integration, transaction.Trim().ToUpperInvariant());

    /// <summary>From now on the transaction is this subject's; an error when it is another's.</summary>
    internal static Error? Take(
        LedgerRows rows, TenantId tenant, IntegrationId integration, string? transaction, string subject, DateTimeOffset now)
    {
        if (transaction is null)
            return null;
        var (key, asWritten) = (KeyOf(tenant, integration, transaction), new PaymentEvidenceKey(tenant, integration, transaction));
        if ((rows.Find(PaymentEvidenceTable.Instance, key) ?? rows.Find(PaymentEvidenceTable.Instance, asWritten)) is { } known)
        {
            return known.SubjectId == subject ? null : PaymentErrors.EvidenceUsed.With(
                $"{transaction} has settled {known.SubjectId} already; one transaction settles one thing.");
        }

        rows.Insert(PaymentEvidenceTable.Instance, new PaymentEvidence(key, subject, now));
        return null;
    }
}
