using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Twilio;

/// <summary>Twilio's error bodies.</summary>
internal static class TwilioErrors
{
    public static Reply Of(int status, int code, string message) =>
        Reply.Json(status, new TwilioErrorView(code, message, $"https://www.twilio.com/docs/errors/{code}", status), TwilioJson.Wire.TwilioErrorView);

    public static Reply Unauthorized() => Of(401, 20003, "Authenticate") with { Challenge = "Basic realm=\"Twilio API\"" };

    public static Reply Suspended() => Of(403, 20005, "Account not active");

    public static Reply NotFound(string path) => Of(404, 20404, $"The requested resource {path} was not found");

    /// <summary>Any status a fault asks for.</summary>
    public static Reply Failing(int status) => status switch
    {
        401 => Unauthorized(),
        429 => Of(429, 20429, "Too Many Requests"),
        500 => Of(500, 20500, "Internal Server Error"),
        503 => Of(503, 20503, "Service Unavailable"),
        _ => Of(status, 20000 + status, $"The request failed with status {status}"),
    };
}
