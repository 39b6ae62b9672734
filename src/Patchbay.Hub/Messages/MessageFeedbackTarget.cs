using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Suppressions;
using Patchbay.Integrations.Inbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>Writes no more to who wants no more, or called a message spam.</summary>
internal sealed class MessageFeedbackTarget(Database database, MessageChanges changes)
    : ProviderFactTarget<MessageFeedbackEvent, MessageId, MessageKey, Message>(database, MessageTable.Instance)
{
    protected override MessageId IdOf(Message message) => message.Id;

    protected override void Need(LedgerNeeds needs, Message seen, MessageFeedbackEvent reported)
    {
        needs.Row(MessageTable.Instance, seen.Key);
        SuppressionList.Need(needs, MessageChanges.RecipientOf(seen));
    }

    protected override void Apply(LedgerRows rows, Message message, MessageFeedbackEvent reported, DateTimeOffset now) => changes.Suppress(
        rows, message,
        reported.Feedback == MessageFeedback.Complained ? SuppressionCause.Complaint : SuppressionCause.OptedOut, now);
}
