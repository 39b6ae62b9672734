using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Razorpay;

/// <summary>Razorpay's error bodies. https://razorpay.com/docs/errors/</summary>
internal static class RazorpayErrors
{
    /// <summary>Nearly everything that is refused is a 400.</summary>
    public static Reply Of(int status) => status switch
    {
        401 => Of(401, "Authentication failed"),
        402 => Refused("Payment processing failed because of insufficient balance", reason: "insufficient_balance"),
        404 => Refused("The id provided does not exist"),
        409 => Of(409, "Request failed because another request with the same idempotency key is in progress"),
        429 => Of(429, "Request failed. Please try after sometime."),
        >= 500 => Of(status, "We are facing some trouble completing your request at the moment.", code: "SERVER_ERROR"),
        _ => Refused("The request cannot be carried out in this state"),
    };

    /// <param name="field">The one at fault; null for none.</param>
    public static Reply Refused(string description, string? field = null, string reason = "input_validation_failed") =>
        Of(400, description, field, reason);

    private static Reply Of(int status, string description, string? field = null, string? reason = null, string code = "BAD_REQUEST_ERROR")
    {
        var error = new JsonObject
        {
            ["code"] = code, ["description"] = description, ["source"] = reason is null ? "NA" : "business",
            ["step"] = reason is null ? "NA" : "payment_initiation", ["reason"] = reason ?? "NA", ["metadata"] = new JsonObject(),
        };
        if (field is not null)
            error["field"] = field;
        return Reply.Json(status, new JsonObject { ["error"] = error });
    }
}
