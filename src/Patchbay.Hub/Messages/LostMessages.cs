using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Integrations;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>Finds out what became of messages whose answers were lost.</summary>
internal sealed class LostMessages(Database database)
{
    /// <summary>What a receipt told meanwhile, else what a search finds; null when it was not sent, as far as anybody can tell.</summary>
    public async Task<Result<MessageState?, ProviderFailure>> FindAsync(
        MessagePayload payload, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        if (await ReceiptAsync(delivery, cancellationToken) is { } told)
            return told;
        var search = new MessageSearch(
            delivery.Capability == Capabilities.SendWhatsApp, PhoneNumber.Parse(payload.To), payload.From, payload.Body,
            delivery.FirstCallAt ?? delivery.CreatedAt);
        var found = await at.Make<ILookUpMessage>().LookUpMessageAsync(search, at.Connection, cancellationToken);
        return found.IsSuccess ? await PickAsync(delivery, found.Value, cancellationToken) : found.Error;
    }

    private async Task<MessageState?> ReceiptAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var message = await database.FindAsync(
            "SELECT * FROM messages WHERE tenant_id = @TenantId AND id = @SubjectId",
            new { delivery.TenantId, delivery.SubjectId }, MessageTable.Instance.Read, cancellationToken);
        return message is { ProviderReference: { } reference }
            ? new MessageState(reference, message.Status, message.Segments, message.FailureCode, message.FailureMessage)
            : null;
    }

    /// <summary>Of what a search found, the first that no other message is known by.</summary>
    private async Task<MessageState?> PickAsync(Delivery delivery, IReadOnlyList<MessageState> found, CancellationToken cancellationToken)
    {
        foreach (var candidate in found)
        {
            var owner = await database.FindAsync(
                "SELECT * FROM messages WHERE tenant_id = @TenantId AND provider_reference = @ProviderReference LIMIT 1",
                new { delivery.TenantId, candidate.ProviderReference }, MessageTable.Instance.Read, cancellationToken);
            if (owner is null || owner.Id.Value == delivery.SubjectId)
                return candidate;
        }

        return null;
    }
}
