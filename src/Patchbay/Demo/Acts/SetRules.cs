using System.Text.Json.Nodes;
using Patchbay.Demo.Props;

namespace Patchbay.Demo.Acts;

internal sealed class SetRules : IAct
{
    public string Title => "Rules are set: SMS by Twilio with Plivo behind it, WhatsApp by Twilio, payments by Stripe";

    public async Task<Told> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        await SetAsync("send_sms", "twilio", "plivo");
        await SetAsync("send_whatsapp", "twilio");
        await SetAsync("initiate_payment", "stripe");
        return new Told("three rules");

        Task SetAsync(string capability, string provider, params string[] fallbacks) => stage.Api.PostAsync(
            "routing-rules",
            new JsonObject
            {
                ["capability"] = capability,
                ["priority"] = 10,
                ["integration_id"] = stage.Integrations[provider],
                ["fallback_integration_ids"] = new JsonArray(
                    [.. fallbacks.Select(fallback => JsonValue.Create(stage.Integrations[fallback]))]),
                ["is_default"] = true,
                ["note"] = "demo",
            },
            cancellationToken);
    }
}
