using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Mollie;

/// <summary>Next-gen webhooks: the event's name, and the object as it is then.</summary>
internal static class MollieEvents
{
    /// <summary>Classic webhooks tell neither of a payment nor of a refund that is only pending.</summary>
    public static bool AreHinted(GatewayNews news) => Name(news) is not ("payment.pending" or "refund.pending");

    public static GatewayWebhook Write(GatewayNews news, string id, DateTimeOffset at, string page)
    {
        var (name, entity) = (Name(news), Entity(news, page));
        var body = new JsonObject
        {
            ["resource"] = "event", ["id"] = id, ["type"] = name, ["entityId"] = entity["id"]!.ToString(),
            ["createdAt"] = MollieViews.Time(at), ["_embedded"] = new JsonObject { ["entity"] = entity },
        };
        return new GatewayWebhook(name, Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    private static JsonObject Entity(GatewayNews news, string page) => news switch
    {
        { Event: GatewayEvent.Disputed } => MollieViews.Chargeback(news.Payment),
        { Refund: { } refund } => MollieViews.Refund(refund),
        _ => MollieViews.Payment(news.Payment, page, embed: null),
    };

    private static string Name(GatewayNews news) => news.Event switch
    {
        GatewayEvent.Authorized => "payment.authorized",
        GatewayEvent.Paid => "payment.paid",
        GatewayEvent.Processing => "payment.pending",
        GatewayEvent.Canceled => "payment.canceled",
        GatewayEvent.Expired => "payment.expired",
        GatewayEvent.Disputed => "chargeback.received",
        GatewayEvent.RefundCreated or GatewayEvent.RefundSettled => "refund." + MollieViews.Status(news.Refund!),
        _ => "payment.failed",
    };
}
