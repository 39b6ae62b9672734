namespace Patchbay.Platform.Api;

/// <summary>What any request may be refused for.</summary>
public static class ApiErrors
{
    public static readonly ErrorCode MalformedJson = new(
        400, "malformed_json", "the body is not JSON, or a field is given twice in an object");
    public static readonly ErrorCode TooDeep = new(400, "too_deep", "the body is nested more than 32 levels deep");
    public static readonly ErrorCode UnreadableBody = new(400, "unreadable_body", "the body ended early, or was sent wrongly");
    public static readonly ErrorCode UnreadableRequest = new(400, "unreadable_request", "a part of the request could not be read");
    public static readonly ErrorCode NotFound = new(404, "not_found", "there is none, or it is not yours", "Not found");
    public static readonly ErrorCode MethodNotAllowed = new(
        405, "method_not_allowed", "the address does not take this HTTP method", "Not this method");
    public static readonly ErrorCode ChangedMeanwhile = new(409, "changed_meanwhile", "somebody was faster: read again and repeat");
    public static readonly ErrorCode WrongStatus = new(409, "wrong_status", "not in this state");
    public static readonly ErrorCode BodyTooLarge = new(
        413, "body_too_large", "more than 1 MiB, 5 MiB for a statement, or 16 MiB for an import", "The body is too large");
    public static readonly ErrorCode UnsupportedMediaType = new(
        415, "unsupported_media_type", "the body is of another type than the address takes", "Not this content type");
    public static readonly ErrorCode ValidationFailed = new(
        422, "validation_failed", "`errors` names the fields", "The request is not valid");
    public static readonly ErrorCode RateLimited = new(429, "rate_limited", "wait as long as `Retry-After` says", "Too many requests");
}
