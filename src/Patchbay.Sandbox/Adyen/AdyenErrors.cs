using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Adyen;

/// <summary>Adyen's error bodies, of which each of its APIs has its own.</summary>
internal static class AdyenErrors
{
    public static Reply Checkout(int status, string psp, string? code = null, string? message = null)
    {
        var (usual, text, type) = Usual(status);
        return Reply.Json(status, new JsonObject
        {
            ["status"] = status, ["errorCode"] = code ?? usual, ["message"] = message ?? text, ["errorType"] = type, ["pspReference"] = psp,
        });
    }

    public static Reply Management(int status)
    {
        var (code, text, type) = Usual(status);
        return Reply.Json(status, new JsonObject
        {
            ["type"] = "https://docs.adyen.com/errors/" + type, ["errorCode"] = code, ["title"] = text, ["detail"] = text,
            ["status"] = status,
        });
    }

    private static (string Code, string Text, string Type) Usual(int status) => status switch
    {
        401 => ("000", "HTTP Status Response - Unauthorized", "security"),
        403 => ("010", "Not allowed", "security"),
        409 => ("704", "Request already processed or in progress", "validation"),
        422 => ("137", "Invalid amount specified", "validation"),
        429 => ("429", "Too many requests", "validation"),
        >= 500 => ("905", "Payment details are not supported", "configuration"),
        _ => ("702", $"The request failed with status {status}", "validation"),
    };
}
