using Patchbay.Platform.Api;

namespace Patchbay.Platform.Access;

/// <summary>Why somebody is not let in.</summary>
public static class AccessErrors
{
    public static readonly ErrorCode Unauthenticated = new(401, "unauthenticated", "no valid key", "Not signed in");
    public static readonly ErrorCode NetworkNotAllowed = new(
        403, "network_not_allowed", "the key may not be used from here", "Not allowed from here");
    public static readonly ErrorCode PermissionMissing = new(403, "permission_missing", "the key may not do this");
    public static readonly ErrorCode WrongMode = new(
        403, "wrong_mode", "a ba_live_ key acts on what is in live mode, a ba_test_ key on what is in sandbox mode");
}
