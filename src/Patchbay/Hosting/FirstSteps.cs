using Patchbay.Server.Http;

namespace Patchbay.Hosting;

/// <summary>What the page at <c>/</c> says to do next.</summary>
internal static class FirstSteps
{
    /// <summary>Where the sandbox plays the providers.</summary>
    public static readonly NextStep Payment = new(
        "The sandbox plays the providers, for keys of sandbox mode. In the folder where the hub was started, make a payment and open "
            + "next_action.url of the answer to pay it. With --data, the key lies in that folder instead.",
        $$$"""
        KEY=$(cat data/first-test-key)
        curl {{{NextStep.Address}}}/api/v1/payments -H "Authorization: Bearer $KEY" -H "Idempotency-Key: order-1001" \
             -H "Prefer: wait=10" -H "Content-Type: application/json" \
             -d '{"amount":"49.90","currency":"EUR","reference":"order-1001","return_url":"https://shop.example/thanks"}'
        """);

    public static readonly NextStep Integration = new(
        "Activate a provider: GET /api/v1/integrations/providers lists them with the credentials that each takes. After a first start on "
            + "SQLite a live key is in data/first-api-key; elsewhere 'patchbay keys create' makes one.",
        $$$"""
        KEY=$(cat data/first-api-key)
        curl {{{NextStep.Address}}}/api/v1/integrations -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \
             -d '{"provider":"stripe","credentials":{"secret_key":"sk_live_..."}}'
        """);
}
