using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Mollie;

/// <summary>Mollie's error bodies.</summary>
internal static class MollieErrors
{
    /// <param name="field">The one at fault; null for none.</param>
    public static Reply Of(int status, string? detail = null, string? field = null)
    {
        var (title, usual) = status switch
        {
            401 => ("Unauthorized Request", "Missing authentication, or failed to authenticate"),
            403 => ("Forbidden", "Access to this resource is not allowed with this key"),
            404 => ("Not Found", "No such resource exists"),
            409 => ("Conflict", "A request with this idempotency key was made with another body, or is under way"),
            422 => ("Unprocessable Entity", "The request cannot be carried out"),
            429 => ("Too Many Requests", "Too many requests were made"),
            503 => ("Service Unavailable", "The payment method's supplier is not available"),
            >= 500 => ("Internal Server Error", "Something went wrong on our end"),
            _ => ("Bad Request", $"The request failed with status {status}"),
        };
        var body = new JsonObject { ["status"] = status, ["title"] = title, ["detail"] = detail ?? usual };
        if (field is not null)
            body["field"] = field;
        body["_links"] = new JsonObject { ["documentation"] = MollieViews.Link("https://docs.mollie.com/reference/handling-errors") };
        return Reply.Json(status, body) with { ContentType = MollieViews.ContentType };
    }
}
