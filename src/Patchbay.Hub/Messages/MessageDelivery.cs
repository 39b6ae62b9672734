using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Hub.Suppressions;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>What the deliveries about a message have in common, whatever it travels by.</summary>
internal abstract class MessageDelivery(MessageChannel channel, MessageServices messages, ProviderServices hub)
    : ProviderDelivery<MessageKey, Message, MessagePayload, MessageState>(MessageCapabilities.Of(channel), MessageTable.Instance, hub)
{
    /// <summary>Who opted out at a provider is on the list from then on, whichever provider is next.</summary>
    public override void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
        base.Need(needs, delivery, report);
        if (report?.Failure is not { Cause: FailureCause.OptedOut })
            return;
        if (PayloadOf(delivery) is { Mode: { } mode } payload)
            SuppressionList.Need(needs, RecipientKey.Of(delivery.TenantId, mode, channel, payload.To));
        else
        {
            needs.Row(MessageTable.Instance, KeyOf(delivery), (more, message) =>
                SuppressionList.Need(more, MessageChanges.RecipientOf(message!)));
        }
    }

    public override object Assumed(string providerReference) => new MessageState(providerReference, MessageStatus.Sent);

    protected override MessageKey KeyOf(Delivery delivery) => new(delivery.TenantId, IdOf(delivery));

    protected override ValueTask<MessagePayload> LoadAsync(Delivery delivery, CancellationToken cancellationToken) =>
        ValueTask.FromResult(PayloadOf(delivery));

    protected override async Task<Result<MessageState, ProviderFailure>> CallAsync(
        MessagePayload payload, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var recipient = RecipientKey.Of(delivery.TenantId, at.Integration.Mode, channel, payload.To);
        return !payload.OverrideSuppression && await messages.Suppressions.FindAsync(recipient, cancellationToken) is { } suppressed
            ? ProviderFailure.Rejected(
                FailureReason.OptedOut, MessageChanges.OnTheList,
                $"Not sent: {suppressed.Id} has the recipient, {suppressed.Reason.ToWord()} since {suppressed.CreatedAt:yyyy-MM-dd}.")
            : await SendAsync(payload, delivery, at, cancellationToken);
    }

    protected abstract Task<Result<MessageState, ProviderFailure>> SendAsync(
        MessagePayload payload, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken);

    protected override Task<Result<MessageState?, ProviderFailure>> LookUpAsync(
        MessagePayload payload, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        messages.Lost.FindAsync(payload, delivery, at, cancellationToken);

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
        messages.Changes.Write(rows, message, answer is null ? after : MessageChanges.Join(after, answer, step.Now), step.Now);
    }

    protected override MessageState Ended(Message message, StepTaken step) => step.Delivery.Status == DeliveryStatus.Canceled
        ? new MessageState(message.ProviderReference!, MessageStatus.Canceled)
        : new MessageState(message.ProviderReference!, Unsent(step), null, step.Delivery.LastFailure);

    protected override Error? Reopen(LedgerRows rows, Message message, Delivery delivery, string actor, DateTimeOffset now)
    {
        if (message is { Status: MessageStatus.Failed or MessageStatus.Suppressed or MessageStatus.Expired, ProviderReference: null })
        {
            var queued = message.Failing(null) with { Status = MessageStatus.Queued, UpdatedAt = now };
            messages.Changes.Write(rows, message, queued, now);
        }

        return null;
    }

    private static MessagePayload PayloadOf(Delivery delivery) =>
        (delivery.Companion as MessageInHand)?.Payload ?? JsonSerializer.Deserialize<MessagePayload>(delivery.Payload, HubJson.Stored)!;

    private static MessageStatus Unsent(StepTaken step) =>
        step.Report?.Failure?.Cause == FailureCause.OptedOut ? MessageStatus.Suppressed
        : step.Delivery.Reason == ExhaustReason.Expired ? MessageStatus.Expired : MessageStatus.Failed;

    protected static MessageId IdOf(Delivery delivery) => new(delivery.SubjectId);
}
