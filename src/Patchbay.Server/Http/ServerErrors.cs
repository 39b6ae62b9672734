using Patchbay.Platform.Api;

namespace Patchbay.Server.Http;

/// <summary>What goes wrong beside the request.</summary>
internal static class ServerErrors
{
    public static readonly ErrorCode Internal = new(
        500, "internal_error", "logged under `trace_id`; repeat with the same Idempotency-Key", "Something went wrong here");
    public static readonly ErrorCode DatabaseUnavailable = new(
        503, "database_unavailable", "the database is away for a moment: repeat after `Retry-After`, with the same Idempotency-Key",
        "The database does not answer");
    public static readonly ErrorCode StorageFull = new(
        503, "storage_full", "the database has no room left and nothing was accepted: repeat after `Retry-After`", "No room left");
}
