using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Hub.Suppressions;

/// <param name="Recipient">As messages name them; an e-mail address in small letters, since servers take it for the same.</param>
public readonly record struct RecipientKey(TenantId Tenant, IntegrationMode Mode, MessageChannel Channel, string Recipient)
{
    public static RecipientKey Of(TenantId tenant, IntegrationMode mode, MessageChannel channel, string recipient) =>
        new(tenant, mode, channel, channel == MessageChannel.Email ? recipient.ToLowerInvariant() : recipient);
}

/// <summary>Somebody who is not written to by a channel.</summary>
/// <param name="Source">Who said so: the integration whose provider did, or a caller as the audit names them.</param>
/// <param name="Note">For people; null when none.</param>
[LedgerTable("suppressed_recipients")]
public sealed partial record SuppressedRecipient(
    [Key] RecipientKey Key, SuppressedRecipientId Id, SuppressionCause Reason, string Source, string? Note, DateTimeOffset CreatedAt);
