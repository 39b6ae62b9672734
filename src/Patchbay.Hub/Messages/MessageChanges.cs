using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Suppressions;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>Writes what became of a message, with the event of a new status.</summary>
public sealed class MessageChanges(SuppressionList suppressions, EventLog events)
{
    /// <summary>The code of what was not sent because the recipient is on the list already.</summary>
    public const string OnTheList = "recipient_suppressed";

    /// <summary>Joins what a provider said to what is known; an older or repeated report changes nothing.</summary>
    public static Message Join(Message message, MessageState state, DateTimeOffset now)
    {
        var advances = MessageProgress.Advances(message.Status, state.Status);
        var next = (advances ? message.Failing(state.Failure) : message) with
        {
            ProviderReference = message.ProviderReference ?? state.ProviderReference,
            Segments = state.Segments is > 0 ? state.Segments : message.Segments,
            Status = advances ? state.Status : message.Status,
        };
        return next == message ? message : next with { UpdatedAt = now };
    }

    public void Write(LedgerRows rows, Message before, Message after, DateTimeOffset now)
    {
        if (after == before)
            return;
        rows.Update(MessageTable.Instance, after);
        if (after.Status != before.Status && IsOptOut(after))
        {
            suppressions.Add(
                rows, RecipientOf(after), SuppressionCause.OptedOut, after.IntegrationId.ToString(), null, AuditLog.System, now);
        }

        if (after.Status != before.Status)
            events.Publish(rows, after.TenantId, MessageEvents.Became(after.Status), after.Id.ToString(), MessageView.Of(after), now);
    }

    public static RecipientKey RecipientOf(Message message) => new(message.TenantId, message.Mode, message.Channel, message.To);

    /// <summary>The provider says so, and not the list.</summary>
    private static bool IsOptOut(Message message) =>
        message is { Status: MessageStatus.Suppressed, FailureReason: FailureReason.OptedOut, FailureCode: not OnTheList };
}
