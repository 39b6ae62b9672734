namespace Patchbay.Platform.Api;

/// <summary>What any request may be refused for.</summary>
public static class ApiErrors
{
    public static readonly ErrorCode MalformedJson = new(400, "malformed_json", "the body is not JSON");
    public static readonly ErrorCode TooDeep = new(400, "too_deep", "the body is nested more than 32 levels deep");
    public static readonly ErrorCode UnreadableBody = new(400, "unreadable_body", "the body ended early, or was sent wrongly");
    public static readonly ErrorCode UnreadableRequest = new(400, "unreadable_request", "a part of the request could not be read");
    public static readonly ErrorCode NotFound = ApiErrors.NotFound.With("Not found");
    public static readonly ErrorCode MethodNotAllowed = ApiErrors.MethodNotAllowed.With("Not this method");
    public static readonly ErrorCode ChangedMeanwhile = new(409, "changed_meanwhile", "somebody was faster: read again and repeat");
    public static readonly ErrorCode WrongStatus = new(409, "wrong_status", "not in this state");
    public static readonly ErrorCode BodyTooLarge = ApiErrors.BodyTooLarge.With("The body is too large");
    public static readonly ErrorCode UnsupportedMediaType = ApiErrors.UnsupportedMediaType.With("Not this content type");
    public static readonly ErrorCode ValidationFailed = ApiErrors.ValidationFailed.With("The request is not valid");
    public static readonly ErrorCode RateLimited = ApiErrors.RateLimited.With("Too many requests");
}
