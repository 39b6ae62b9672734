using Patchbay.Platform.Api;

namespace Patchbay.Platform.Access;

/// <summary>Why somebody is not let in.</summary>
public static class AccessErrors
{
    public static readonly ErrorCode Unauthenticated = AccessErrors.Unauthenticated.With("Not signed in");
    public static readonly ErrorCode NetworkNotAllowed = AccessErrors.NetworkNotAllowed.With("Not allowed from here");
    public static readonly ErrorCode PermissionMissing = new(403, "permission_missing", "the key may not do this");
}
