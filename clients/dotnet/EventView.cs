using Microsoft.Kiota.Abstractions.Helpers;
using Microsoft.Kiota.Abstractions.Serialization;

namespace Patchbay.Client.Models;

/// <summary>An event, from the feed or from a webhook.</summary>
public sealed class EventView : IParsable
{
    private static readonly Func<string, ParsableFactory<IParsable>?>[] Kinds =
    [
        Kind<AlertEvent_type>(Alert.CreateFromDiscriminatorValue),
        Kind<CredentialsExpiringEvent_type>(CredentialsExpiring.CreateFromDiscriminatorValue),
        Kind<CustomerEvent_type>(CustomerView.CreateFromDiscriminatorValue),
        Kind<DeliveryEvent_type>(DeliveryView.CreateFromDiscriminatorValue),
        Kind<DisputeEvent_type>(DisputeView.CreateFromDiscriminatorValue),
        Kind<EntryEvent_type>(EntryView.CreateFromDiscriminatorValue),
        Kind<ExpenseEvent_type>(ExpenseView.CreateFromDiscriminatorValue),
        Kind<IntegrationStatusChangeEvent_type>(IntegrationStatusChange.CreateFromDiscriminatorValue),
        Kind<InvoiceEvent_type>(InvoiceView.CreateFromDiscriminatorValue),
        Kind<LeadNewsEvent_type>(LeadNews.CreateFromDiscriminatorValue),
        Kind<LinkEvent_type>(LinkView.CreateFromDiscriminatorValue),
        Kind<MessageEvent_type>(MessageView.CreateFromDiscriminatorValue),
        Kind<PaymentEvent_type>(PaymentView.CreateFromDiscriminatorValue),
        Kind<PayoutEvent_type>(PayoutView.CreateFromDiscriminatorValue),
        Kind<RefundEvent_type>(RefundView.CreateFromDiscriminatorValue),
        Kind<StatementEvent_type>(StatementView.CreateFromDiscriminatorValue),
        Kind<SuppressedRecipientEvent_type>(SuppressedRecipientView.CreateFromDiscriminatorValue),
        Kind<WebhookNoticeEvent_type>(WebhookNotice.CreateFromDiscriminatorValue),
        Kind<WebhookTestEvent_type>(WebhookTest.CreateFromDiscriminatorValue),
    ];

    public string? Id { get; private set; }
    /// <summary>Such as <c>payment.succeeded</c>.</summary>
    public string? Type { get; private set; }
    public string? TenantId { get; private set; }
    public DateTimeOffset? OccurredAt { get; private set; }

    /// <summary>
    /// What it happened to, as the API showed it at that moment: a <see cref="PaymentView"/>, <see cref="MessageView"/> and so on. An
    /// <see cref="UntypedNode"/> when the type is newer than this client; null when the webhook endpoint's <c>payload_mode</c> is thin.
    /// </summary>
    public IParsable? Data { get; private set; }

    public static EventView CreateFromDiscriminatorValue(IParseNode parseNode) =>
        new() { Type = parseNode.GetChildNode("type")?.GetStringValue() };

    public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>
    {
        ["id"] = node => Id = node.GetStringValue(),
        ["tenant_id"] = node => TenantId = node.GetStringValue(),
        ["occurred_at"] = node => OccurredAt = node.GetDateTimeOffsetValue(),
        ["data"] = node => Data = Kinds.Select(kind => kind(Type ?? "")).FirstOrDefault(data => data is not null) is { } data
            ? node.GetObjectValue(data) : node.GetObjectValue(UntypedNode.CreateFromDiscriminatorValue),
    };

    public void Serialize(ISerializationWriter writer)
    {
        writer.WriteStringValue("id", Id);
        writer.WriteStringValue("type", Type);
        writer.WriteStringValue("tenant_id", TenantId);
        writer.WriteDateTimeOffsetValue("occurred_at", OccurredAt);
        writer.WriteObjectValue("data", Data);
    }

    /// <summary>The types of one kind are the words of an enumeration that the document declares.</summary>
    private static Func<string, ParsableFactory<IParsable>?> Kind<TTypes>(ParsableFactory<IParsable> data)
        where TTypes : struct, Enum => type => EnumHelpers.GetEnumValue<TTypes>(type) is null ? null : data;
}
