using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Payments;

namespace Patchbay.Sandbox.Adyen;

/// <summary>The one webhook of an account: registered or entered as in the Customer Area last, it tells of everything.</summary>
internal static class AdyenWebhookBook
{
    private const string Id = "S2-SANDBOX1";

    public static Reply List(GatewayAccount account)
    {
        JsonNode[] webhooks = account.WebhookUrl is { } url ? [Show(url)] : [];
        return Reply.Json(200, new JsonObject
        {
            ["itemsTotal"] = webhooks.Length, ["pagesTotal"] = webhooks.Length, ["data"] = new JsonArray(webhooks),
        });
    }

    public static Reply Register(GatewayAccount account, Call call)
    {
        if (!Uri.TryCreate(call.Text("url"), UriKind.Absolute, out var url) || call.Text("type") != "standard"
            || call.Text("communicationFormat") != "json")
            return AdyenErrors.Management(422);
        (account.Secret, account.WebhookUrl) =
            (new Secret(AdyenSigner.Secret("", call.Text("username"), call.Text("password"))), url);
        return Reply.Json(200, Show(url));
    }

    /// <summary>Until now it was not signed, or with another key.</summary>
    public static Reply GenerateKey(GatewayAccount account, Call call)
    {
        if (call.Route("hook") != Id || account.Secret is not { } secret)
            return AdyenErrors.Management(404);
        var key = RandomNumberGenerator.GetHexString(64);
        account.Secret = new Secret(AdyenSigner.WithKey(secret.Reveal(), key));
        return Reply.Json(200, new JsonObject { ["hmacKey"] = key });
    }

    public static Reply Remove(GatewayAccount account, Call call)
    {
        if (call.Route("hook") != Id || account.WebhookUrl is null)
            return AdyenErrors.Management(404);
        (account.Secret, account.WebhookUrl) = (null, null);
        return new Reply(204, default);
    }

    private static JsonObject Show(Uri url) => new()
    {
        ["id"] = Id, ["type"] = "standard", ["url"] = url.OriginalString, ["active"] = true, ["communicationFormat"] = "json",
    };
}
