using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.PayPal;

/// <summary>PayPal's error bodies. https://developer.paypal.com/api/rest/responses/#error-responses</summary>
internal static class PayPalErrors
{
    /// <param name="issue">Null: the error has no details.</param>
    public static Reply Of(int status, string? issue = null)
    {
        var name = status switch
        {
            400 => "INVALID_REQUEST",
            401 => "AUTHENTICATION_FAILURE",
            403 => "NOT_AUTHORIZED",
            404 => "RESOURCE_NOT_FOUND",
            409 => "RESOURCE_CONFLICT",
            422 => "UNPROCESSABLE_ENTITY",
            429 => "RATE_LIMIT_REACHED",
            503 => "SERVICE_UNAVAILABLE",
            _ => "INTERNAL_SERVER_ERROR",
        };
        return Of(status, name, issue is null ? null : new JsonObject { ["issue"] = issue, ["description"] = $"Refused: {issue}." });
    }

    /// <param name="detail">Null: it has none.</param>
    public static Reply Of(int status, string name, JsonObject? detail)
    {
        var body = new JsonObject
        {
            ["name"] = name, ["message"] = $"The request was refused: {detail?["issue"]?.GetValue<string>() ?? name}.",
            ["debug_id"] = RandomNumberGenerator.GetHexString(13, lowercase: true),
        };
        if (detail is not null)
            body["details"] = new JsonArray(detail);
        return Reply.Json(status, body);
    }
}
