using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Payments;
using Patchbay.Storage;

namespace Patchbay.Hub.PaymentGateways;

/// <param name="Invoice">The TypeID of the mirrored invoice, else as requests say it.</param>
public readonly record struct OpenIntentKey(TenantId Tenant, IntegrationMode Mode, string Provider, string Invoice);

/// <summary>The payment that was begun last for an invoice by a gateway: of two at once the second finds it here.</summary>
[LedgerTable("open_intents")]
public sealed partial record OpenIntent([Key] OpenIntentKey Key, PaymentId PaymentId);
