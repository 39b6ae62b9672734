using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Suppressions;

/// <summary>A recipient who is not written to.</summary>
/// <param name="Recipient">E.164.</param>
/// <param name="Source">Who said so: the integration whose provider did, or a caller as the audit names them.</param>
public sealed record SuppressedRecipientView(
    SuppressedRecipientId Id, IntegrationMode Mode, MessageChannel Channel, string Recipient, SuppressionCause Reason, string Source,
    string? Note, DateTimeOffset CreatedAt)
{
    public static SuppressedRecipientView Of(SuppressedRecipient one) => new(
        one.Id, one.Key.Mode, one.Key.Channel, one.Key.Recipient, one.Reason, one.Source, one.Note, one.CreatedAt);
}

/// <summary>What became of a list.</summary>
/// <param name="Added">Who was not on the list before.</param>
/// <param name="Known">Who was; nothing changed for them.</param>
public sealed record SuppressionImportView(int Added, int Known);
