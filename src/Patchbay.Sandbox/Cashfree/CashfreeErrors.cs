using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Cashfree;

/// <summary>Cashfree's error bodies, the same in both of its APIs.</summary>
internal static class CashfreeErrors
{
    public static Reply Of(int status) => status switch
    {
        401 => Of(401, "request_failed", "authentication Failed", "authentication_error"),
        404 => Of(404, "order_not_found", "Order Reference Id does not exist"),
        429 => Of(429, "request_failed", "Too many requests", "rate_limit_error"),
        >= 500 => Of(status, "api_error", "Something went wrong", "api_error"),
        _ => Of(status, "request_failed", "The request cannot be carried out"),
    };

    public static Reply Of(int status, string code, string message, string type = "invalid_request_error") => Reply.Json(
        status, new JsonObject { ["message"] = message, ["code"] = code, ["type"] = type, ["help"] = "https://www.cashfree.com/docs" });
}
