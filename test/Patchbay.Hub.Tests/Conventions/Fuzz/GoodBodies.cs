using System.Text.Json.Nodes;

namespace Patchbay.Hub.Tests.Conventions.Fuzz;

/// <summary>Bodies with what is required and no more: by which the hub does what is asked, unless a nasty value keeps it.</summary>
internal static class GoodBodies
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["POST /api/v1/payments"] = """{"amount":"1.00","currency":"EUR","reference":"r","return_url":"https://shop.example/"}""",
        ["POST /api/v1/messages"] = """{"channel":"sms","to":"+14155550123","body":"b"}""",
        ["POST /api/v1/integrations"] = """
            {"provider":"plivo","mode":"sandbox","credentials":
              {"auth_id":"MAMJY0ZTQ1YTRJNDG1NT","auth_token":"MzRiNmQ0ZjhhMWMyZTNmNGE1YjZjN2Q4ZTlmMGEx","src":"14155550101"}}
            """,
        ["POST /api/v1/routing-rules"] = """{"capability":"send_sms","priority":900,"integration_id":"int_01h455vb4pex5vsknk084sn02q"}""",
        ["POST /api/v1/routing-rules/evaluate"] = """{"capability":"send_sms"}""",
        ["POST /api/v1/webhooks"] = """{"url":"https://example.com/","events":["alert.raised"]}""",
        ["POST /api/webhooks"] = """{"url":"https://example.com/","events":["alert.raised"]}""",
        ["POST /api/v1/api-keys"] = """{"name":"n","permissions":["read:payments"]}""",
        ["POST /api/api-keys"] = """{"name":"n","permissions":["read:payments"]}""",
        ["POST /api/v1/affiliates/leads"] = """{"affiliate_id":"a","affiliate_lead_id":"l"}""",
        ["POST /api/v1/affiliates/deposits"] =
            """{"affiliate_id":"portal-7","affiliate_lead_id":"L1","reference":"d","amount":"1.00","currency":"EUR"}""",
        ["POST /api/v1/affiliates/webhooks"] = """{"affiliate_id":"a","endpoint_url":"https://example.com/"}""",
    };

    public static JsonObject For(ApiOperation operation) =>
        JsonNode.Parse(Known.GetValueOrDefault($"{operation.Method} {operation.Path.TrimEnd('/')}", "{}"))!.AsObject();
}
