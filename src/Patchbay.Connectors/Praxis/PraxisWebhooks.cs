using System.Globalization;
using System.Text;
using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Praxis;

/// <summary>Praxis's notifications, one for each step of a transaction; the answer is signed as they are.</summary>
/// <remarks>Source: https://doc.praxiscashier.com/integration_docs/latest/webhooks/notification.</remarks>
[Provider("praxis")]
internal sealed class PraxisWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) => PraxisSignature.IsGenuine(request, connection);

    /// <summary>A transaction is told of once with each status; an order without one by the status of its session.</summary>
    public string? EventId(WebhookRequest request)
    {
        if (Parse(request) is not { Session: { } session } told)
            return null;
        return told.Transaction is [var one, ..]
            ? string.Create(CultureInfo.InvariantCulture, $"{one.Tid}:{one.TransactionStatus}:{session.SessionStatus}")
            : $"{session.OrderId}:{session.SessionStatus}";
    }

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        if (Parse(request) is not { } told)
            return [new UnmappedEvent("The body is not a notification of Praxis.")];
        if (told.Event is not null)
            return [];
        return told.Session?.OrderId is not { } order
            ? [new UnmappedEvent("The notification names no order.")]
            : [ReadOrder(order, told, told.Transaction ?? []).At(told.Timestamp)];
    }

    /// <summary>What Praxis wants to read; which of the two headers it looks at is unconfirmed.</summary>
    public WebhookAnswer Acknowledge(WebhookRequest request, Connection connection)
    {
        var now = request.ReceivedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(PraxisSignature.Of(connection.Secret("merchant_secret"), ["0", now]));
        return new WebhookAnswer(
            200, "application/json",
            Encoding.UTF8.GetBytes($$"""{"status":0,"description":"OK","version":"1.3","timestamp":{{now}}}"""))
        {
            Headers = new Dictionary<string, string>
            {
                [PraxisSignature.Header] = signature, ["external-request-signature"] = signature,
            },
        };
    }

    private static ProviderEvent ReadOrder(string order, PraxisNotification told, IReadOnlyList<PraxisTransaction> tries)
    {
        if (order.StartsWith("pay_", StringComparison.Ordinal))
        {
            // A refund that was made in Praxis's own pages says no more than that there is one: the order tells.
            if (tries.Any(one => one.TransactionType == "refund"))
                return new PaymentHint(order, null);
            var payment = PraxisMapping.FromTries(tries, told.Session, order);
            return payment.IsSuccess ? new PaymentEvent(order, payment.Value) : new UnmappedEvent(payment.Error.Message);
        }

        if (order.StartsWith("ref_", StringComparison.Ordinal) && tries is [.., var made])
        {
            var refund = PraxisMapping.FromRefund(made);
            return refund.IsSuccess ? new RefundEvent(order, refund.Value) : new UnmappedEvent(refund.Error.Message);
        }

        if (order.StartsWith("pyo_", StringComparison.Ordinal))
        {
            var payout = PraxisPayoutMapping.FromSteps(tries, told.Session, order);
            return payout.IsSuccess ? new PayoutEvent(order, payout.Value) : new UnmappedEvent(payout.Error.Message);
        }

        return new ForeignEvent($"The order {order} was not made by this hub.");
    }

    private static PraxisNotification? Parse(WebhookRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, PraxisJson.Default.PraxisNotification);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
