using System.Globalization;
using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>Adyen's standard webhooks, which alone tell what became of a payment. They may come twice, late, in any order.</summary>
/// <remarks>Source: https://docs.adyen.com/development-resources/webhooks/webhook-types.</remarks>
[Provider("adyen")]
internal sealed class AdyenWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) =>
        AdyenSignature.IsGenuine(request, Read(request), connection);

    /// <summary>Adyen gives its events none: what happened to what tells repeats. In JSON a webhook has one item, as a rule.</summary>
    public string? EventId(WebhookRequest request) => Read(request) is { NotificationItems: [{ Item: var item }] }
        ? $"{item.PspReference}:{item.EventCode}:{item.Success}" : null;

    /// <summary>Any 2xx would do; these words are what Adyen has always wanted.</summary>
    public WebhookAnswer Acknowledge(WebhookRequest request, Connection connection) => WebhookAnswer.Text("[accepted]");

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection) => Read(request) is { } notification
        ? [.. notification.NotificationItems.Select(entry => Read(entry.Item, notification.Live, connection)).OfType<ProviderEvent>()]
        : [new UnmappedEvent("The body is not a webhook of Adyen.")];

    private static ProviderEvent? Read(AdyenItem item, string? live, Connection connection)
    {
        if (!IsFollowed(item.EventCode))
            return null;
        var mine = connection.Mode == IntegrationMode.Live ? "true" : "false";
        if (item.MerchantAccountCode != AdyenMessage.MerchantOf(connection) || (live is not null && live != mine))
        {
            return new ForeignEvent(
                $"It is of {item.MerchantAccountCode} (live: {live}), the integration is of {AdyenMessage.MerchantOf(connection)} "
                + $"(live: {mine}): give each merchant account and mode a webhook and an integration of its own.");
        }

        if (AdyenReference.IdOf(item.MerchantReference) is not { } reference)
            return new ForeignEvent($"{item.PspReference} was not made by this hub: its reference is '{item.MerchantReference}'.");
        return item.Success is "true" or "false"
            ? Map(item, item.Success == "true", reference)?.At(DateOf(item))
            : new UnmappedEvent($"{item.EventCode}: success is '{item.Success}', neither true nor false.");
    }

    private static bool IsFollowed(string code) => code is "AUTHORISATION" or "CAPTURE" or "CAPTURE_FAILED" or "CANCELLATION"
        or "TECHNICAL_CANCEL" or "CANCEL_OR_REFUND" or "EXPIRE" or "REFUND" or "REFUND_FAILED" or "REFUNDED_REVERSED"
        or "REQUEST_FOR_INFORMATION" or "NOTIFICATION_OF_CHARGEBACK" or "CHARGEBACK" or "SECOND_CHARGEBACK" or "CHARGEBACK_REVERSED";

    private static ProviderEvent? Map(AdyenItem item, bool success, string reference) => (item.EventCode, success) switch
    {
        ("AUTHORISATION", true) => Payment(reference, AdyenMapping.FromAuthorisation(item)),
        ("AUTHORISATION", false) => Payment(reference, AdyenMapping.FromRefusal(item)),
        ("CAPTURE", true) => Payment(reference, AdyenMapping.FromCapture(item, item.OriginalReference)),
        ("CAPTURE", false) when !AdyenReference.IsManual(item.MerchantReference) => Payment(reference, AdyenMapping.CaptureLost(item)),
        ("CAPTURE" or "CANCELLATION" or "TECHNICAL_CANCEL", false) => Payment(reference, AdyenMapping.StillReserved(item)),
        ("CANCELLATION" or "TECHNICAL_CANCEL" or "EXPIRE", true) => Payment(reference, Canceled(item)),
        ("CANCEL_OR_REFUND", true) => OfReversal(item, reference),
        ("CAPTURE_FAILED", true) => Payment(reference, AdyenMapping.CaptureLost(item)),
        ("REFUND", _) => new RefundEvent(reference, AdyenMapping.FromRefund(item, success)),
        ("REFUND_FAILED" or "REFUNDED_REVERSED", true) => new RefundEvent(reference, AdyenMapping.FromRefund(item, succeeded: false)),
        ("REQUEST_FOR_INFORMATION", true) =>
            Payment(reference, AdyenMapping.Disputed(item, DisputeKind.Inquiry, DisputeStatus.Open)),
        ("NOTIFICATION_OF_CHARGEBACK" or "CHARGEBACK" or "SECOND_CHARGEBACK", true) =>
            Payment(reference, AdyenMapping.Disputed(item, DisputeKind.Chargeback, DisputeStatus.Open)),
        ("CHARGEBACK_REVERSED", true) =>
            Payment(reference, AdyenMapping.Disputed(item, DisputeKind.Chargeback, DisputeStatus.Won)),
        _ => null,   // what was attempted, not by the hub, and failed
    };

    /// <summary>Made in the Customer Area: which of both it was is in a field whose name is unconfirmed.</summary>
    private static ProviderEvent OfReversal(AdyenItem item, string reference) => item.Additional("modification.action") switch
    {
        "cancel" => Payment(reference, Canceled(item)),
        "refund" => Payment(reference, AdyenMapping.FromCapture(item, item.OriginalReference)
            .Map(state => state with { Refunded = state.Captured })),
        var action => new UnmappedEvent($"CANCEL_OR_REFUND of {reference} with the unknown modification.action '{action}'."),
    };

    private static PaymentState Canceled(AdyenItem item) => new(item.OriginalReference ?? "", PaymentStatus.Canceled);

    private static ProviderEvent Payment(string reference, Result<PaymentState, ProviderFailure> state) =>
        state.IsSuccess ? new PaymentEvent(reference, state.Value) : new UnmappedEvent(state.Error.Message);

    private static DateTimeOffset? DateOf(AdyenItem item) =>
        DateTimeOffset.TryParse(item.EventDate, CultureInfo.InvariantCulture, out var at) ? at : null;

    private static AdyenNotification? Read(WebhookRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, AdyenJson.Default.AdyenNotification);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
