using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>What a message delivery carries, so that it can be sent without reading the message's row.</summary>
internal sealed record MessagePayload(string To, string? From, string? Body, WhatsAppTemplate? Template);

/// <summary>A message and its payload, from being accepted here to being sent from here, without a read in between.</summary>
internal sealed record MessageInHand(Message Message, MessagePayload Payload);

/// <summary>Sends a message with its provider: at least once, and, where the provider can be searched, not twice without need.</summary>
internal abstract class SendMessageHandler(
    string capability, Database database, Connections connections, MessageChanges changes, IntegrationFailures failures, DeliveryEvents deliveryEvents) : IDeliveryHandler, IReopen
{
    /// <summary>6 tries in 1 hour, after 2 seconds at first and five times as long each time.</summary>
    public static readonly DeliveryRules Rules = new(6, TimeSpan.FromHours(1), TimeSpan.FromSeconds(2), 5, MovesMoney: false);

    public string Capability => capability;

    public bool MovesMoney => false;

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var open = await connections.OpenAsync(delivery.TenantId, new IntegrationId(delivery.Lane.Value), cancellationToken);
        var payload = (delivery.Companion as MessageInHand)?.Payload ?? JsonSerializer.Deserialize<MessagePayload>(delivery.Payload, HubJson.Stored)!;
        return new Call(this, delivery, payload, open);
    }

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
        if (delivery.Companion is MessageInHand held)
            needs.Held(MessageTable.Instance, held.Message);
        else
            needs.Row(MessageTable.Instance, KeyOf(delivery));
        failures.Need(needs, delivery, report);
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
        failures.Apply(rows, step);
        var delivery = step.Delivery;
        var before = rows.Find(MessageTable.Instance, KeyOf(delivery))!;
        var after = before with { IntegrationId = new IntegrationId(delivery.Lane.Value) };
        if (step.Report?.Answer is MessageState state)
            after = MessageChanges.Join(after, state, step.Now);
        else if (delivery.Status is DeliveryStatus.Exhausted or DeliveryStatus.Canceled)
            after = MessageChanges.Join(after, Ended(delivery, before), step.Now);
        changes.Write(rows, before, after, step.Now);
        deliveryEvents.Tell(rows, step);
    }

    public Error? Reopen(LedgerRows rows, Delivery delivery, string actor, DateTimeOffset now)
    {
        var before = rows.Find(MessageTable.Instance, KeyOf(delivery))!;
        if (before is { Status: MessageStatus.Failed or MessageStatus.Expired, ProviderReference: null })
            changes.Write(rows, before, before with { Status = MessageStatus.Queued, FailureCode = null, FailureMessage = null, UpdatedAt = now }, now);
        return null;
    }

    protected abstract Task<Result<MessageState, ProviderFailure>> SendAsync(
        string messageId, MessagePayload payload, OpenIntegration open, CancellationToken cancellationToken);

    private static MessageState Ended(Delivery delivery, Message message) => new(
        message.ProviderReference!, delivery.Reason == ExhaustReason.Expired ? MessageStatus.Expired : MessageStatus.Failed, null,
        delivery.Status == DeliveryStatus.Canceled ? "canceled" : delivery.LastCode,
        delivery.Status == DeliveryStatus.Canceled ? "Canceled before it was sent." : delivery.LastMessage);

    private static MessageKey KeyOf(Delivery delivery) => new(delivery.TenantId, new MessageId(delivery.SubjectId));

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

    /// <summary>What a receipt told meanwhile; null when none has come.</summary>
    private async Task<MessageState?> ReceiptAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var message = await database.FindAsync(
            MessageTable.Instance, new MessageKey(delivery.TenantId, new(delivery.SubjectId)), cancellationToken);
        return message is { ProviderReference: { } reference }
            ? new MessageState(reference, message.Status, message.Segments, message.FailureCode, message.FailureMessage)
            : null;
    }

    private sealed class Call(SendMessageHandler handler, Delivery delivery, MessagePayload payload, OpenIntegration? open) : IPreparedCall
    {
        private static readonly ProviderFailure Gone =
            ProviderFailure.Rejected(FailureCause.Account, "integration_deleted", "The integration was deleted before the message was sent.");

        public DeliveryRules Rules { get; } = open is null
            ? SendMessageHandler.Rules
            : open.Settings.Apply(SendMessageHandler.Rules);

        public RepeatSafety Safety => open?.Provider.Has<ILookUpMessage>() == true ? RepeatSafety.LookUp : RepeatSafety.AtLeastOnce;

        public async Task<CallReport> CallAsync(CancellationToken cancellationToken)
        {
            if (open is null)
                return new CallReport(null, Gone, []);
            var sent = await handler.SendAsync(new MessageId(delivery.SubjectId).ToString(), payload, open, cancellationToken);
            return new CallReport(sent.IsSuccess ? sent.Value : null, sent.Error, open.Http.Exchanges);
        }

        public async Task<CallReport> LookUpAsync(CancellationToken cancellationToken)
        {
            if (open is null || !open.Provider.Has<ILookUpMessage>())
                return new CallReport(null, null, []);
            if (await handler.ReceiptAsync(delivery, cancellationToken) is { } told)
                return new CallReport(told, null, []);
            var search = new MessageSearch(
                handler.Capability == Capabilities.SendWhatsApp, PhoneNumber.Parse(payload.To), payload.From, payload.Body, delivery.FirstCallAt ?? delivery.CreatedAt);
            var found = await open.Make<ILookUpMessage>().LookUpMessageAsync(search, open.Connection, cancellationToken);
            return found.IsSuccess
                ? new CallReport(await handler.PickAsync(delivery, found.Value, cancellationToken), null, open.Http.Exchanges)
                : new CallReport(null, found.Error, open.Http.Exchanges);
        }
    }
}

internal sealed class SendSmsHandler(
    Database database, Connections connections, MessageChanges changes, IntegrationFailures failures, DeliveryEvents deliveryEvents)
    : SendMessageHandler(Capabilities.SendSms, database, connections, changes, failures, deliveryEvents)
{
    protected override Task<Result<MessageState, ProviderFailure>> SendAsync(
        string messageId, MessagePayload payload, OpenIntegration open, CancellationToken cancellationToken) =>
        open.Make<ISendSms>().SendSmsAsync(
            new SmsRequest(messageId, PhoneNumber.Parse(payload.To), payload.From, payload.Body!), open.Connection, cancellationToken);
}

internal sealed class SendWhatsAppHandler(
    Database database, Connections connections, MessageChanges changes, IntegrationFailures failures, DeliveryEvents deliveryEvents)
    : SendMessageHandler(Capabilities.SendWhatsApp, database, connections, changes, failures, deliveryEvents)
{
    protected override Task<Result<MessageState, ProviderFailure>> SendAsync(
        string messageId, MessagePayload payload, OpenIntegration open, CancellationToken cancellationToken) =>
        open.Make<ISendWhatsApp>().SendWhatsAppAsync(
            new WhatsAppRequest(messageId, PhoneNumber.Parse(payload.To), payload.From, payload.Body, payload.Template), open.Connection, cancellationToken);
}
