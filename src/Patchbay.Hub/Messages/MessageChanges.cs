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
        if (after.Status != before.Status && CauseOf(after) is { } cause)
            Suppress(rows, after, cause, now);

        if (after.Status != before.Status)
            events.Publish(rows, after.TenantId, MessageEvents.Became(after.Status), after.Id.ToString(), MessageView.Brief(after), now);
    }

    public static RecipientKey RecipientOf(Message message) => RecipientKey.Of(message.TenantId, message.Mode, message.Channel, message.To);

    /// <summary>By what the provider says of the message, its recipient is not written to any more.</summary>
    public void Suppress(LedgerRows rows, Message message, SuppressionCause cause, DateTimeOffset now) =>
        suppressions.Add(rows, RecipientOf(message), cause, message.IntegrationId.ToString(), null, AuditLog.System, now);

    /// <summary>Whether a status may put the recipient on the list.</summary>
    public static bool MaySuppress(MessageStatus status) => status is MessageStatus.Suppressed or MessageStatus.Bounced;

    /// <summary>Null when the recipient may be written to. The provider says so, and not the list.</summary>
    private static SuppressionCause? CauseOf(Message message) => message switch
    {
        { Status: MessageStatus.Suppressed, FailureReason: FailureReason.OptedOut, FailureCode: not OnTheList } =>
            SuppressionCause.OptedOut,
        { Status: MessageStatus.Bounced, FailureReason: FailureReason.InvalidDestination } => SuppressionCause.HardBounce,
        _ => null,
    };
}
