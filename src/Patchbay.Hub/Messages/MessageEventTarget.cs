using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Inbound;
using Patchbay.Integrations.Integrations;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>Takes what providers report about messages.</summary>
internal sealed class MessageEventTarget(Database database, MessageChanges changes) : IProviderEventTarget
{
    public bool Handles(ProviderEvent providerEvent) => providerEvent is MessageEvent;

    public async Task<ISubjectUpdate?> FindAsync(Integration integration, ProviderEvent providerEvent, CancellationToken cancellationToken)
    {
        var reported = (MessageEvent)providerEvent;
        var tenant = integration.TenantId;
        var message = TypeId.TryParse<MessageId>(reported.HubReference, out var id)
            ? await database.FindAsync(MessageTable.Instance, new MessageKey(tenant, id), cancellationToken)
            : await database.FindAsync(
                "SELECT * FROM messages WHERE tenant_id = @tenant AND integration_id = @integration AND provider_reference = @reference LIMIT 1",
                new { tenant, integration = integration.Id, reference = reported.ProviderReference ?? "" }, MessageTable.Instance.Read, cancellationToken);
        if (message is null)
            return null;
        var isHere = message.IntegrationId == integration.Id;
        return message.ProviderReference switch
        {
            { } known when !isHere || known != reported.ProviderReference => OtherCopy(message, reported),
            null when !isHere => null,   // on its way by another provider: which copy counts is not known yet
            _ => new Update(message.Key, reported.State, changes),
        };
    }

    /// <summary>A message that went to another provider meanwhile, or was sent twice, is not moved by the reports about the other copy.</summary>
    private static NoUpdate OtherCopy(Message message, MessageEvent reported) => new(
        message.Id.ToString(),
        $"About another copy of the message, {reported.State.ProviderReference} at this provider: it was sent more than once, and counts as {message.ProviderReference}.");

    private sealed class Update(MessageKey key, MessageState state, MessageChanges changes) : ISubjectUpdate
    {
        public string Subject => key.Id.ToString();

        public void Need(LedgerNeeds needs) => needs.Row(MessageTable.Instance, key);

        public void Apply(LedgerRows rows, DateTimeOffset now)
        {
            if (rows.Find(MessageTable.Instance, key) is { } message)
                changes.Write(rows, message, MessageChanges.Join(message, state, now), now);
        }
    }
}
