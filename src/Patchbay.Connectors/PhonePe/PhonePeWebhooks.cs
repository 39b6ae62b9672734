using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PhonePe;

/// <summary>PhonePe's events. What proves them does not cover the body: PhonePe is asked, and its answer moves things.</summary>
/// <remarks>Source: https://developer.phonepe.com/payment-gateway (webhook handling).</remarks>
[Provider("phonepe")]
internal sealed class PhonePeWebhooks : IReceiveWebhooks
{
    /// <summary>A word in front, as of an authorization scheme, does not matter.</summary>
    public bool IsGenuine(WebhookRequest request, Connection connection) => request.Header("Authorization") is { } given
        && connection.FindValue("webhook_username") is { } user && Signatures.Any(
            connection.LiveSecrets("webhook_password"), password => Proof(user, password), [given.Split(' ')[^1]], Signatures.SameHex);

    /// <summary>All about one order may look alike: what is asked once more does no harm, what is not asked is missed.</summary>
    public string? EventId(WebhookRequest request) => null;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, PhonePeJson.Default.PhonePeEvent) is { } received
                ? Hint(received) is { } hint ? [hint] : []
                : [new UnmappedEvent("The body is no event of PhonePe.")];
        }
        catch (JsonException exception)
        {
            return [new UnmappedEvent($"The body is no event of PhonePe that can be read: {exception.Path ?? "$"}.")];
        }
    }

    public static byte[] Proof(string user, Secret password) => SHA256.HashData(Encoding.UTF8.GetBytes($"{user}:{password.Reveal()}"));

    private static ProviderEvent? Hint(PhonePeEvent received)
    {
        var (order, refund) = (received.Payload?.MerchantOrderId, received.Payload?.MerchantRefundId);
        if (received.Event.StartsWith("checkout.", StringComparison.Ordinal))
            return IsOurs(order, "pay_") ? new PaymentHint(order, received.Payload!.OrderId) : Foreign(order);
        if (received.Event.StartsWith("pg.refund.", StringComparison.Ordinal))
            return IsOurs(refund, "ref_") ? new RefundHint(refund, received.Payload!.RefundId) : Foreign(refund);
        return null;
    }

    private static bool IsOurs(string? id, string prefix) => id?.StartsWith(prefix, StringComparison.Ordinal) == true;

    private static ProviderEvent Foreign(string? id) => id is null
        ? new UnmappedEvent("The event names neither an order nor a refund.")
        : new ForeignEvent($"{id} was not made by this hub: its id is none of the hub's.");
}
