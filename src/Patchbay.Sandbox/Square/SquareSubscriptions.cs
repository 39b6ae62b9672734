using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;
using Patchbay.Sandbox.Running;

namespace Patchbay.Sandbox.Square;

/// <summary>
/// The one webhook subscription of an account: made, or entered as in the Developer Console, last, it tells of everything.
/// </summary>
internal static class SquareSubscriptions
{
    private const string Id = "wbhk_sandbox1";

    public static Reply List(GatewayAccount account)
    {
        var list = new JsonArray();
        if (account.WebhookUrl is { } url)
            list.Add(Show(url));
        return Reply.Json(200, new JsonObject { ["subscriptions"] = list });
    }

    public static Reply Make(GatewayAccount account, Call call)
    {
        var asked = call.Json?["subscription"];
        if (!Uri.TryCreate(asked?["notification_url"]?.ToString(), UriKind.Absolute, out var url)
            || asked["event_types"] is not JsonArray { Count: > 0 })
            return SquareErrors.Of(400);
        var key = SandboxIds.Secret("");
        (account.Secret, account.WebhookUrl) = (new Secret(key), url);
        var view = Show(url);
        view["signature_key"] = key;
        return Reply.Json(200, new JsonObject { ["subscription"] = view });
    }

    public static Reply Delete(GatewayAccount account, Call call)
    {
        if (call.Route("hook") != Id || account.WebhookUrl is null)
            return SquareErrors.Of(404);
        (account.Secret, account.WebhookUrl) = (null, null);
        return Reply.Json(200, new JsonObject());
    }

    private static JsonObject Show(Uri url) => new() { ["id"] = Id, ["enabled"] = true, ["notification_url"] = url.OriginalString };
}
