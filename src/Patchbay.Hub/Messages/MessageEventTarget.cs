using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Suppressions;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Inbound;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>
/// Takes what providers report about messages. A message that went to another provider meanwhile, or was sent twice, is not moved by the
/// reports about the other copy; while it is not known which copy counts, they wait.
/// </summary>
internal sealed class MessageEventTarget(Database database, MessageChanges changes)
    : ProviderFactTarget<MessageEvent, MessageId, MessageKey, Message>(database, MessageTable.Instance)
{
    protected override MessageId IdOf(Message message) => message.Id;

    protected override void Need(LedgerNeeds needs, Message seen, MessageEvent reported)
    {
        needs.Row(MessageTable.Instance, seen.Key);
        if (MessageChanges.MaySuppress(reported.State.Status))
            SuppressionList.Need(needs, MessageChanges.RecipientOf(seen));
    }

    protected override void Apply(LedgerRows rows, Message message, MessageEvent reported, DateTimeOffset now) =>
        changes.Write(rows, message, MessageChanges.Join(message, reported.State, now), now);

    protected override ISubjectUpdate? GivenToAnother(Message message, MessageEvent reported) =>
        message.ProviderReference is null ? null : OtherCopy(message, reported);

    protected override ValueTask<ISubjectUpdate?> FoundAsync(
        Message message, IntegrationId givenTo, MessageEvent reported, CancellationToken cancellationToken) =>
        message.ProviderReference is { } known && known != reported.ProviderReference
            ? new(OtherCopy(message, reported))
            : base.FoundAsync(message, givenTo, reported, cancellationToken);

    private static NoUpdate OtherCopy(Message message, MessageEvent reported) => new(
        message.Id.ToString(),
        $"About another copy of the message, {reported.State.ProviderReference} at this provider: it was sent more than once, " +
        $"and counts as {message.ProviderReference}.");
}
