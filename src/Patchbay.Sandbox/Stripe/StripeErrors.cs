using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Stripe.Wire;

namespace Patchbay.Sandbox.Stripe;

/// <summary>Stripe's error bodies.</summary>
internal static class StripeErrors
{
    private const string InvalidRequest = "invalid_request_error";

    /// <summary>A parameter is wrong: the work did not begin, so an idempotency key forgets it.</summary>
    public static Reply Invalid(string message, string? code = null, string? param = null) =>
        Of(400, new ErrorDetail(InvalidRequest, message) { Code = code, Param = param }) with { Kept = false };

    public static Reply Missing(string param) => Invalid($"Missing required param: {param}.", "parameter_missing", param);

    /// <summary>The parameters are right but the object is not in a state for it: an idempotency key remembers it.</summary>
    public static Reply Impossible(string message, string code, string? param = null, PaymentIntentView? payment = null) =>
        Of(400, new ErrorDetail(InvalidRequest, message) { Code = code, Param = param, PaymentIntent = payment });

    public static Reply NotFound(string kind, string id, string param) =>
        Of(404, new ErrorDetail(InvalidRequest, $"No such {kind}: '{id}'") { Code = "resource_missing", Param = param })
            with { Kept = false };

    public static Reply Declined(StripeDecline decline, string? chargeId, PaymentIntentView? payment) =>
        Of(402, new ErrorDetail("card_error", decline.Message) { Code = decline.Code, DeclineCode = decline.DeclineCode, Charge = chargeId,
            PaymentIntent = payment });

    public static Reply UnknownUrl(string method, string path) =>
        Of(404, new ErrorDetail(InvalidRequest, $"Unrecognized request URL ({method}: {path})."));

    public static Reply Unauthorized(string? key) => Of(401, new ErrorDetail(InvalidRequest, key is null
        ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth."
        : $"Invalid API Key provided: {Masked(key)}")) with { Challenge = "Basic realm=\"Stripe\"" };

    public static Reply IdempotencyKeyReused(string key) => Of(400, new ErrorDetail("idempotency_error",
        "Keys for idempotent requests can only be used with the same parameters they were first used with. " +
        $"Try using a key other than '{key}' if you meant to execute a different request.")) with { Kept = false };

    public static Reply IdempotencyKeyInUse(string key) => Of(409, new ErrorDetail("idempotency_error",
        $"There is currently another in-progress request using this Idempotent Key: {key}. Please try again later.")
    {
        Code = "idempotency_key_in_use",
    }) with { Kept = false };

    /// <summary>Any status a fault asks for.</summary>
    public static Reply Failing(int status) => Of(status, status switch
    {
        429 => new ErrorDetail(InvalidRequest, "Request rate limit exceeded.") { Code = "rate_limit" },
        >= 500 => new ErrorDetail("api_error", "An unknown error occurred."),
        402 => new ErrorDetail("card_error", StripeDecline.Generic.Message) { Code = StripeDecline.Generic.Code,
            DeclineCode = StripeDecline.Generic.DeclineCode },
        _ => new ErrorDetail(InvalidRequest, $"The request failed with status {status}."),
    }) with { Kept = false };

    private static Reply Of(int status, ErrorDetail detail) => Reply.Json(status, new ErrorView(detail), StripeJson.Wire.ErrorView);

    private static string Masked(string key) =>
        key.Length <= 12 ? new string('*', key.Length) : $"{key[..8]}{new string('*', Math.Min(key.Length - 12, 20))}{key[^4..]}";
}
