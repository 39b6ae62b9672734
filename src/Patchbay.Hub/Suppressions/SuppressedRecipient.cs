using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Suppressions;

/// <param name="Recipient">As messages name them: E.164.</param>
public readonly record struct RecipientKey(TenantId Tenant, IntegrationMode Mode, MessageChannel Channel, string Recipient);

/// <summary>Somebody who is not written to by a channel.</summary>
/// <param name="Source">Who said so: the integration whose provider did, or a caller as the audit names them.</param>
/// <param name="Note">For people; null when none.</param>
[LedgerTable("suppressed_recipients")]
public sealed partial record SuppressedRecipient(
    [Key] RecipientKey Key, SuppressedRecipientId Id, SuppressionCause Reason, string Source, string? Note, DateTimeOffset CreatedAt);
