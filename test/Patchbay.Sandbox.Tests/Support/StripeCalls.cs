using System.Globalization;
using System.Net;

namespace Patchbay.Sandbox.Tests.Support;

internal sealed class StripeCalls(SandboxUnderTest sandbox, string key = StripeCalls.TestKey)
    : VendorCalls(sandbox, "stripe", "", "Bearer " + key)
{
    public const string TestKey = "sk_test_51Shop";
    public const string WebhookSecret = "whsec_test_secret";

    public Task<Answer> PostAsync(string path, string? idempotencyKey, params (string Name, string Value)[] form) =>
        CallAsync(HttpMethod.Post, path, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            idempotencyKey);

    public Task<Answer> DeleteAsync(string path) => CallAsync(HttpMethod.Delete, path);

    public Task<Answer> CreateSessionAsync(
        long amount = 1099, string reference = "ord_1001", string? idempotencyKey = null, bool manual = false) => PostAsync(
        "v1/checkout/sessions", idempotencyKey,
        ("mode", "payment"), ("success_url", "https://shop.example/r?s={CHECKOUT_SESSION_ID}"), ("client_reference_id", reference),
        ("line_items[0][quantity]", "1"), ("line_items[0][price_data][currency]", "eur"),
        ("line_items[0][price_data][unit_amount]", amount.ToString(CultureInfo.InvariantCulture)),
        ("line_items[0][price_data][product_data][name]", "Order"), ("payment_intent_data[capture_method]", manual
            ? "manual" : "automatic"), ("payment_intent_data[metadata][reference]", reference), ("metadata[reference]", reference));

    public Task<Answer> CreatePaymentAsync(long amount = 1099, string reference = "ord_1001", string? idempotencyKey = null,
        params (string Name, string Value)[] more) => PostAsync(
        "v1/payment_intents", idempotencyKey,
        [("amount", amount.ToString(CultureInfo.InvariantCulture)), ("currency", "eur"), ("metadata[reference]", reference), .. more]);

    /// <summary>A payment of that amount that was taken from the customer.</summary>
    public async Task<string> PaidAsync(long amount = 1099, string reference = "ord_1001", string capture = "automatic")
    {
        var answer = await CreatePaymentAsync(
            amount, reference, null, ("confirm", "true"), ("payment_method", "pm_card_visa"), ("capture_method", capture));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Id!;
    }

    public Task<Answer> RefundAsync(string payment, long? amount = null, string reference = "rf_1", string? idempotencyKey = null) =>
        PostAsync("v1/refunds", idempotencyKey,
        amount is { } part
            ? [("payment_intent", payment), ("amount", part.ToString(CultureInfo.InvariantCulture)), ("metadata[reference]", reference)]
            : [("payment_intent", payment), ("metadata[reference]", reference)]);

    public void ReceiveWebhooks() => Assert.True(Sandbox.Server.Connect(
        "stripe", new Dictionary<string, string> { ["secret_key"] = key, ["webhook_secret"] = WebhookSecret }, Sandbox.Receiver.Url));
}
