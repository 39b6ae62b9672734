using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Tokens;

public readonly record struct TokenRowKey(TenantId Tenant, IntegrationId Integration, string Origin);

/// <summary>The tokens of an integration, shared by all nodes.</summary>
/// <param name="Sealed">A <see cref="TokenSet"/>; empty before the first.</param>
/// <param name="Generation">How often it was renewed.</param>
/// <param name="Renewing">Who has it renewed just now; null: nobody.</param>
/// <param name="RenewingUntil">After that, whoever it was has died.</param>
[LedgerTable("access_tokens")]
public sealed partial record TokenRow(
    [Key] TokenRowKey Key, byte[] Sealed, int Generation, Guid? Renewing, DateTimeOffset? RenewingUntil);
