using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Inbound;
using Patchbay.Hub.Integrations;
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
        if (TypeId.TryParse<MessageId>(reported.HubReference, out var id))
            return await ByIdAsync(tenant, id, cancellationToken) is { } message && Fits(message, integration, reported) ? new Update(message.Key, reported.State, changes) : null;
        var found = await database.FindAsync(
            "SELECT * FROM messages WHERE tenant_id = @tenant AND provider_reference = @reference LIMIT 1",
            new { tenant, reference = reported.ProviderReference ?? "" }, MessageTable.Instance.Read, cancellationToken);
        return found is not null && Fits(found, integration, reported) ? new Update(found.Key, reported.State, changes) : null;
    }

    /// <summary>
    /// A provider may only speak of messages that were given to it, by the name it gave them. A message that went to another provider
    /// meanwhile, or was sent twice, is not moved by the reports about the other copy.
    /// </summary>
    private static bool Fits(Message message, Integration integration, MessageEvent reported) =>
        message.IntegrationId == integration.Id && (message.ProviderReference is null || message.ProviderReference == reported.ProviderReference);

    private Task<Message?> ByIdAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken) => database.FindAsync(
        "SELECT * FROM messages WHERE tenant_id = @tenant AND id = @id", new { tenant, id }, MessageTable.Instance.Read, cancellationToken);

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
