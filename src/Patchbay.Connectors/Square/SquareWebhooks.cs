using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Square;

/// <summary>Square's events about payments, refunds and disputes. They may come twice, late, in any order.</summary>
/// <remarks>
/// Source: https://developer.squareup.com/docs/webhooks/overview and WebhooksHelper of square-dotnet-sdk. The address is part of what is
/// signed; no time is: an event that is sent again is known by its id.
/// </remarks>
[Provider("square")]
internal sealed partial class SquareWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) => Signatures.Any(
        connection.LiveSecrets("webhook_signature_key"), key => Sign(connection.WebhookUrl, request.Body, key),
        [request.Header("x-square-hmacsha256-signature") ?? ""], Signatures.SameBase64);

    /// <summary>The address as Square was given it, and the raw body, with nothing between them.</summary>
    public static byte[] Sign(Uri address, ReadOnlyMemory<byte> body, Secret key) =>
        Signatures.HmacSha256(key, [.. Encoding.UTF8.GetBytes(address.OriginalString), .. body.Span]);

    public string? EventId(WebhookRequest request) => ReadEvent(request)?.EventId;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        if (ReadEvent(request) is not { } received)
            return [new UnmappedEvent("The body is not an event of Square.")];
        try
        {
            return ReadObject(received) is { } known ? [known] : [];
        }
        catch (JsonException exception)
        {
            return [new UnmappedEvent($"{received.Type}: the object could not be read at {exception.Path ?? "$"}.")];
        }
    }

    private static ProviderEvent? ReadObject(SquareEvent received) => received.Type switch
    {
        "payment.created" or "payment.updated" => OfPayment(ObjectOf(received).Payment ?? throw new JsonException()),
        "refund.created" or "refund.updated" => OfRefund(ObjectOf(received).Refund ?? throw new JsonException()),
        "dispute.created" or "dispute.state.updated" => OfDispute(ObjectOf(received).Dispute ?? throw new JsonException()),
        _ => null,
    };

    /// <summary>
    /// Square adds the note of a link to its payment. A seller's other payments, in a shop for example, are told of, too: what has no such
    /// note is theirs. Were the note ever missing, the order would be asked about all the same.
    /// </summary>
    private static ProviderEvent OfPayment(SquarePayment payment)
    {
        if (HubPayment().Match(payment.Note ?? "") is not { Success: true, Value: var ours })
            return new ForeignEvent($"The payment {payment.Id} was not made by this hub: its note does not say so.");
        var state = SquareMapping.FromPayment(payment);
        return state.IsSuccess
            ? new PaymentEvent(ours, state.Value with { At = payment.UpdatedAt }) : new UnmappedEvent(state.Error.Message);
    }

    /// <summary>The reason is the only thing of ours that comes back.</summary>
    private static ProviderEvent OfRefund(SquareRefund refund)
    {
        var state = SquareMapping.FromRefund(refund);
        return state.IsSuccess
            ? new RefundEvent(
                HubRefund().Match(refund.Reason ?? "") is { Success: true } found ? found.Value : null,
                state.Value with { At = refund.UpdatedAt })
            : new UnmappedEvent(state.Error.Message);
    }

    /// <summary>Of the payment itself it says nothing: pending moves nothing.</summary>
    private static ProviderEvent OfDispute(SquareDispute dispute)
    {
        var report = SquareMapping.FromDispute(dispute);
        return report.IsSuccess
            ? new PaymentEvent(null, new PaymentState(dispute.DisputedPayment?.PaymentId ?? "", PaymentStatus.Pending)
            {
                Disputes = [report.Value], At = dispute.UpdatedAt,
            })
            : new UnmappedEvent(report.Error.Message);
    }

    private static SquareObject ObjectOf(SquareEvent received) =>
        received.Data?.Deserialize(SquareJson.Default.SquareEventData)?.Object ?? throw new JsonException();

    private static SquareEvent? ReadEvent(WebhookRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, SquareJson.Default.SquareEvent);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\bpay_[a-z0-9]+")]
    private static partial Regex HubPayment();

    [GeneratedRegex(@"\bref_[a-z0-9]+$")]
    private static partial Regex HubRefund();
}
