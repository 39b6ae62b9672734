using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>Stripe's own fixtures, changed where a test says so. https://github.com/stripe/openapi, fixtures3.json.</summary>
internal static class StripeSamples
{
    public static readonly Money Eur1099 = new(1099, Currency.Parse("EUR"));

    private static readonly JsonObject Fixtures = (JsonObject)SpecFile.ReadJson("stripe-fixtures.json")["resources"]!;

    public static readonly PaymentRequest Request = new(
        "pay_01", "key_01", Eur1099, "Order 1001", CaptureMethod.Automatic, Customer: new Customer(null, null, "jane@example.com", null));

    public static readonly PaymentRequest HostedRequest = Request with
    {
        ReturnUrl = new Uri("https://shop.example/done?s={CHECKOUT_SESSION_ID}"),
        CancelUrl = new Uri("https://shop.example/cart"),
    };

    public static readonly PaymentHandle IntentHandle = new(
        "pay_01", "pi_1", new Dictionary<string, string> { ["payment_intent"] = "pi_1" }, Eur1099);

    public static readonly PaymentHandle SessionHandle = new(
        "pay_01", "cs_test_1", new Dictionary<string, string> { ["checkout_session"] = "cs_test_1" }, Eur1099);

    public static JsonObject Intent(string status, Action<JsonObject>? change = null) => Sample("payment_intent", change, intent =>
    {
        intent["id"] = "pi_1";
        intent["status"] = status;
        intent["currency"] = "eur";
        intent["client_secret"] = "pi_1_secret_2";
        intent["amount_received"] = status == "succeeded" ? 1099 : 0;
        intent["last_payment_error"] = null;
        intent["metadata"] = new JsonObject { ["reference"] = "pay_01" };
    });

    public static JsonObject Charge(Action<JsonObject>? change = null) => Sample("charge", change, charge =>
    {
        charge["id"] = "ch_1";
        charge["amount"] = 1099;
        charge["amount_captured"] = 1099;
        charge["captured"] = true;
        charge["currency"] = "eur";
        charge["payment_intent"] = "pi_1";
        charge["metadata"] = new JsonObject { ["reference"] = "pay_01" };
    });

    public static JsonObject Session(string status, string paymentStatus, Action<JsonObject>? change = null) => Sample("checkout.session", change, session =>
    {
        session["id"] = "cs_test_1";
        session["status"] = status;
        session["payment_status"] = paymentStatus;
        session["payment_intent"] = null;
        session["url"] = "https://checkout.example/c/pay/cs_test_1";
        session["client_reference_id"] = "pay_01";
        session["metadata"] = new JsonObject { ["reference"] = "pay_01" };
    });

    public static JsonObject Refund(string status, Action<JsonObject>? change = null) => Sample("refund", change, refund =>
    {
        refund["id"] = "re_1";
        refund["status"] = status;
        refund["amount"] = 500;
        refund["currency"] = "eur";
        refund["payment_intent"] = "pi_1";
        refund["metadata"] = new JsonObject { ["reference"] = "ref_01" };
    });

    public static JsonObject Dispute(string status) => Sample("dispute", null, dispute =>
    {
        dispute["status"] = status;
        dispute["payment_intent"] = "pi_1";
    });

    public static JsonObject Balance(bool livemode) => Sample("balance", null, balance => balance["livemode"] = livemode);

    public static string Error(string type, string? code = null, string? declineCode = null) => new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = type, ["code"] = code, ["decline_code"] = declineCode, ["message"] = "No." },
    }.ToJsonString();

    private static JsonObject Sample(string name, Action<JsonObject>? change, Action<JsonObject> defaults)
    {
        var sample = (JsonObject)Fixtures[name]!.DeepClone();
        defaults(sample);
        change?.Invoke(sample);
        return sample;
    }
}
