using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>What the deliveries about a message have in common, whatever it travels by.</summary>
internal abstract class MessageDelivery(ProviderCapability capability, MessageChanges changes, LostMessages lost, ProviderServices hub)
    : ProviderDelivery<MessageKey, Message, MessagePayload, MessageState>(capability, MessageTable.Instance, hub)
{
    public override object Assumed(string providerReference) => new MessageState(providerReference, MessageStatus.Sent);

    protected override MessageKey KeyOf(Delivery delivery) => new(delivery.TenantId, IdOf(delivery));

    protected override ValueTask<MessagePayload> LoadAsync(Delivery delivery, CancellationToken cancellationToken) => ValueTask.FromResult(
        (delivery.Companion as MessageInHand)?.Payload ?? JsonSerializer.Deserialize<MessagePayload>(delivery.Payload, HubJson.Stored)!);

    protected override Task<Result<MessageState?, ProviderFailure>> LookUpAsync(
        MessagePayload payload, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        lost.FindAsync(payload, delivery, at, cancellationToken);

    protected override void NeedSubject(LedgerNeeds needs, Delivery delivery, MessageState? answer)
    {
        if (delivery.Companion is MessageInHand held)
            needs.Held(MessageTable.Instance, held.Message);
        else
            base.NeedSubject(needs, delivery, answer);
    }

    protected override void Apply(LedgerRows rows, Message message, MessageState? answer, StepTaken step)
    {
        if (LostCall.Of(step, message) is { } lostCall)
            rows.Insert(LostCallTable.Instance, lostCall);
        var after = message with { IntegrationId = new IntegrationId(step.Delivery.Lane.Value) };
        changes.Write(rows, message, answer is null ? after : MessageChanges.Join(after, answer, step.Now), step.Now);
    }

    protected override MessageState Ended(Message message, StepTaken step) => step.Delivery.Status == DeliveryStatus.Canceled
        ? new MessageState(message.ProviderReference!, MessageStatus.Canceled)
        : new MessageState(message.ProviderReference!, Unsent(step), null, step.Delivery.LastFailure);

    protected override Error? Reopen(LedgerRows rows, Message message, Delivery delivery, string actor, DateTimeOffset now)
    {
        if (message is { Status: MessageStatus.Failed or MessageStatus.Suppressed or MessageStatus.Expired, ProviderReference: null })
        {
            var queued = message.Failing(null) with { Status = MessageStatus.Queued, UpdatedAt = now };
            changes.Write(rows, message, queued, now);
        }

        return null;
    }

    private static MessageStatus Unsent(StepTaken step) =>
        step.Report?.Failure?.Cause == FailureCause.OptedOut ? MessageStatus.Suppressed
        : step.Delivery.Reason == ExhaustReason.Expired ? MessageStatus.Expired : MessageStatus.Failed;

    protected static MessageId IdOf(Delivery delivery) => new(delivery.SubjectId);
}
