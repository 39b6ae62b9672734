using Patchbay.Platform.Api;

namespace Patchbay.Server.Http;

/// <summary>What goes wrong beside the request.</summary>
internal static class ServerErrors
{
    public static readonly ErrorCode Internal = ServerErrors.Internal.With("Something went wrong here");
    public static readonly ErrorCode DatabaseUnavailable = ServerErrors.DatabaseUnavailable.With("The database does not answer");
    public static readonly ErrorCode StorageFull = ServerErrors.StorageFull.With("No room left");
}
