using Patchbay.Platform.Api;

namespace Patchbay.Platform.Keys;

/// <summary>What is refused about a tenant's keys.</summary>
internal static class ApiKeyErrors
{
    public static readonly ErrorCode PermissionExceeded = new(403, "permission_exceeded", "the key may not hand this out");
    public static readonly ErrorCode IsNotActive = new(409, "key_not_active", "the key has expired or was revoked");
    public static readonly ErrorCode AlreadyRotated = new(409, "key_already_rotated", "the key was replaced before: rotate its successor");
    public static readonly ErrorCode TooMany = new(422, "too_many_keys", "1,000 keys of the tenant work already");

    public static readonly Error NotActive = IsNotActive.With("The key has expired or was revoked; create a new one.");
}
