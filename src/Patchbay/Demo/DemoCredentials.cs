using System.Text.Json.Nodes;

namespace Patchbay.Demo;

/// <summary>Made-up credentials of the right form: the sandbox lets in whatever is well-formed.</summary>
internal static class DemoCredentials
{
    public const string StripeKey = "sk_test_patchbaydemo0000000000";
    public const string StripeWebhookSecret = "whsec_patchbaydemo000000000000";

    public static JsonObject Stripe => new() { ["secret_key"] = StripeKey, ["webhook_secret"] = StripeWebhookSecret };

    public static JsonObject Twilio => new()
    {
        ["account_sid"] = "AC00000000000000000000000000001001",
        ["auth_token"] = "0123456789abcdef0123456789abcdef",
        ["from_number"] = "+14155550100",
        ["whatsapp_from"] = "whatsapp:+14155550100",
    };

    public static JsonObject Plivo => new() { ["auth_id"] = "MAPATCHBAYDEMO000000", ["auth_token"] = "plivo-demo-token", ["src"] = "+14155550199" };
}
