using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Routing;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Hub.Messages;

/// <summary>Sends and finds messages.</summary>
public sealed class MessageHandlers(
    Database database, Router router, DeliveryEngine engine, DeliveryHandlers deliveries, EventLog events, IdGenerator ids,
    TimeProvider time)
{
    public async Task<Result<Operation, Error>> SendAsync(Caller caller, SendMessageRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var faults = new Faults();
        var input = MessageInput.Read(request, now, faults);
        if (input is null)
            return faults.ToError();
        var id = ids.New<MessageId>();
        var routed = await router.RouteAsync(
            caller.Tenant, caller.Mode, input.Capability, Context(input, request, id), request.IntegrationId, cancellationToken);
        if (!routed.IsSuccess)
            return routed.Error;

        var message = new Message
        {
            TenantId = caller.Tenant,
            Id = id,
            Mode = caller.Mode,
            Channel = input.Channel,
            To = input.To,
            From = input.From,
            CustomerId = input.Details.CustomerId,
            Body = input.Body,
            Details = JsonSerializer.Serialize(input.Details, HubJson.Stored),
            Segments = input is { Channel: MessageChannel.Sms, Body: { } body } ? SmsText.Of(body).Segments : null,
            IntegrationId = routed.Value.Integration.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var payload = new MessagePayload(
            message.To, message.From, message.Body, input.Details.Template, message.Mode, request.OverrideSuppression == true,
            input.Details.Email);
        var placement = routed.Value.Place(MessageCapabilities.Of(input.Channel), caller, id.Value) with
        {
            Priority = input.Priority,
            Payload = JsonSerializer.SerializeToUtf8Bytes(payload, HubJson.Stored),
            Companion = new MessageInHand(message, payload),
            Begins = input.Details.ScheduledAt,
            ExpiresAt = input.Details.ExpiresAt,
        };
        var delivery = await engine.PlaceAsync(placement.New(ids, now), cancellationToken);
        return new Operation(new SendWork(message, MessageView.Of(message, input.Details), delivery, events, now))
        {
            Delivery = delivery,
            AfterOutcome = token => ReadAsync(message.Key, token),
        };
    }

    /// <summary>Takes back what was not sent yet.</summary>
    public async Task<Result<Operation, Error>> CancelAsync(Caller caller, MessageId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } message
            || await deliveries.FindNewestOfAsync(caller.Tenant, id.Value, cancellationToken) is not { } delivery)
            return Error.NotFound("message");
        if (caller.RefusalIn(message.Mode) is { } refusal)
            return refusal;
        if (message is not { Status: MessageStatus.Queued, ProviderReference: null })
            return ApiErrors.WrongStatus.With($"Only a message that is not sent yet can be canceled; it is {message.Status.ToWord()} now.");
        var canceled = await deliveries.CancelAsync(caller, delivery.Id, cancellationToken);
        return canceled.Map(operation => operation with { Work = new CancelWork(operation.Work, message.Key) });
    }

    private static RoutingContext Context(MessageInput input, SendMessageRequest request, MessageId id) => new()
    {
        Channel = input.Channel.ToWord(),
        RecipientCountry = input.Country,
        Country = request.Country,
        Customer = request.CustomerId is null
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["id"] = request.CustomerId },
        Metadata = input.Details.Metadata,
        CompanyId = input.Details.Metadata.GetValueOrDefault("company_id"),
        Reference = id.ToString(),
    };

    public Task<Message?> FindAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken) =>
        database.FindAsync(MessageTable.Instance, new MessageKey(tenant, id), cancellationToken);

    /// <summary>201 once the provider has taken or refused it; 202 while it is queued here.</summary>
    private async Task<Reply> ReadAsync(MessageKey key, CancellationToken cancellationToken)
    {
        var message = (await FindAsync(key.Tenant, key.Id, cancellationToken))!;
        var isKnown = message.ProviderReference is not null || message.Status != MessageStatus.Queued;
        return new Reply(isKnown ? 201 : 202, MessageView.Of(message), $"/api/v1/messages/{key.Id}");
    }

    private sealed class CancelWork(LedgerWork<Result<Reply, Error>> cancel, MessageKey key) : LedgerWork<Result<Reply, Error>>
    {
        public override void Need(LedgerNeeds needs)
        {
            cancel.Need(needs);
            needs.Row(MessageTable.Instance, key);
        }

        public override Result<Reply, Error> Decide(LedgerRows rows) => cancel.Decide(rows).Map(
            _ => Reply.Accepted(MessageView.Of(rows.Find(MessageTable.Instance, key)!), $"/api/v1/messages/{key.Id}"));
    }

    /// <summary>Inserts a message with its delivery.</summary>
    private sealed class SendWork(Message message, MessageView view, Delivery delivery, EventLog events, DateTimeOffset now)
        : LedgerWork<Result<Reply, Error>>
    {
        private readonly WrittenJson _view = WrittenJson.Of(view);
        private readonly WrittenJson? _brief = view.Channel == MessageChannel.Email ? WrittenJson.Of(view.InBrief()) : null;

        public override Result<Reply, Error> Decide(LedgerRows rows)
        {
            rows.Insert(MessageTable.Instance, message);
            rows.Insert(DeliveryTable.Instance, delivery);
            events.Publish(rows, message.TenantId, MessageEvents.Queued, message.Id.ToString(), _brief ?? _view, now);
            return Reply.Accepted(_view, $"/api/v1/messages/{message.Id}");
        }
    }
}
