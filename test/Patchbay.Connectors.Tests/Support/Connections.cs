using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>Integrations with the credentials of the worked examples.</summary>
internal static class Connections
{
    public const string TwilioToken = "0123456789abcdef0123456789abcdef";
    public const string TwilioAccount = "AC0123456789abcdef0123456789abcdef";
    public const string PlivoToken = "MzRiNmQ0ZjhhMWMyZTNmNGE1YjZjN2Q4ZTlmMGEx";

    public static readonly Uri WebhookUrl = new("https://hub.example/api/webhooks/x/int_01");

    public static Connection Stripe(IntegrationMode mode = IntegrationMode.Sandbox) => new(
        "int_01",
        mode,
        new Dictionary<string, string> { ["publishable_key"] = "pk_test_example" },
        new Dictionary<string, Secret> { ["secret_key"] = new("sk_test_example"), ["webhook_secret"] = new("whsec_test_secret") },
        new Dictionary<string, string>(),
        WebhookUrl);

    public static Connection Twilio() => new(
        "int_01",
        IntegrationMode.Live,
        new Dictionary<string, string> { ["account_sid"] = TwilioAccount, ["from_number"] = "+14155550100", ["whatsapp_from"] = "whatsapp:+14155550100" },
        new Dictionary<string, Secret> { ["auth_token"] = new(TwilioToken) },
        new Dictionary<string, string>(),
        WebhookUrl);

    public static Connection Plivo() => new(
        "int_01",
        IntegrationMode.Live,
        new Dictionary<string, string> { ["auth_id"] = "MAMJY0ZTQ1YTRJNDG1NT", ["src"] = "+14155550100" },
        new Dictionary<string, Secret> { ["auth_token"] = new(PlivoToken) },
        new Dictionary<string, string>(),
        WebhookUrl);

    /// <summary>With a field added or, when the value is null, taken away.</summary>
    public static Connection With(this Connection connection, string field, string? value)
    {
        var credentials = connection.Credentials.Where(pair => pair.Key != field).ToDictionary();
        if (value is not null)
            credentials[field] = value;
        return connection with { Credentials = credentials };
    }

    public static Connection WithSecret(this Connection connection, string field, string value) =>
        connection with { Secrets = new Dictionary<string, Secret>(connection.Secrets) { [field] = new(value) } };
}
