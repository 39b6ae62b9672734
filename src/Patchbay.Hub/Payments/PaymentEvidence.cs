using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>A transaction as the bank or wallet behind an integration names it.</summary>
public readonly record struct PaymentEvidenceKey(TenantId Tenant, IntegrationId IntegrationId, string Reference);

/// <summary>Which payment or refund a transaction of a bank's or wallet's has settled: one, for good.</summary>
/// <param name="SubjectId">TypeID of the payment or refund.</param>
[LedgerTable("payment_evidence", OnlyInserted = true)]
public sealed partial record PaymentEvidence([Key] PaymentEvidenceKey Key, string SubjectId, DateTimeOffset CreatedAt);
