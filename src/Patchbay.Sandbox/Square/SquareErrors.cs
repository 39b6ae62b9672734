using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Square;

/// <summary>Square's error bodies.</summary>
internal static class SquareErrors
{
    public static Reply Of(int status, string? code = null)
    {
        var (category, usual) = status switch
        {
            401 => ("AUTHENTICATION_ERROR", "UNAUTHORIZED"),
            402 => ("PAYMENT_METHOD_ERROR", "INSUFFICIENT_FUNDS"),
            403 => ("AUTHENTICATION_ERROR", "FORBIDDEN"),
            404 => ("INVALID_REQUEST_ERROR", "NOT_FOUND"),
            409 => ("INVALID_REQUEST_ERROR", "CONFLICT"),
            429 => ("RATE_LIMIT_ERROR", "RATE_LIMITED"),
            >= 500 => ("API_ERROR", "INTERNAL_SERVER_ERROR"),
            _ => ("INVALID_REQUEST_ERROR", "BAD_REQUEST"),
        };
        var error = new JsonObject { ["category"] = category, ["code"] = code ?? usual, ["detail"] = $"Refused: {code ?? usual}." };
        return Reply.Json(status, new JsonObject { ["errors"] = new JsonArray(error) });
    }
}
