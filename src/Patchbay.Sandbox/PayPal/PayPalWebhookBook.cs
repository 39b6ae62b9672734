using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Running;

namespace Patchbay.Sandbox.PayPal;

/// <summary>The one webhook of an account: registered or entered as in the dashboard last, it tells of everything.</summary>
internal static class PayPalWebhookBook
{
    public static Reply List(GatewayAccount account)
    {
        var webhooks = new JsonArray();
        if (account is { Secret: { } id, WebhookUrl: { } url })
            webhooks.Add(Show(id.Reveal(), url));
        return Reply.Json(200, new JsonObject { ["webhooks"] = webhooks });
    }

    public static Reply Register(GatewayAccount account, Call call, SandboxIds ids)
    {
        if (!Uri.TryCreate(call.Text("url"), UriKind.Absolute, out var url) || call.Json!["event_types"] is not JsonArray { Count: > 0 })
            return PayPalErrors.Of(400);
        var id = ids.Hex("").ToUpperInvariant()[^17..];
        (account.Secret, account.WebhookUrl) = (new Secret(id), url);
        return Reply.Json(201, Show(id, url));
    }

    /// <summary>False when there is no such webhook.</summary>
    public static bool Remove(GatewayAccount account, string id)
    {
        if (account.Secret?.Reveal() != id)
            return false;
        (account.Secret, account.WebhookUrl) = (null, null);
        return true;
    }

    private static JsonObject Show(string id, Uri url) => new()
    {
        ["id"] = id, ["url"] = url.ToString(), ["event_types"] = new JsonArray(new JsonObject { ["name"] = "*" }),
    };
}
