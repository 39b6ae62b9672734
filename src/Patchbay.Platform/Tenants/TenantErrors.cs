using Patchbay.Platform.Api;

namespace Patchbay.Platform.Tenants;

/// <summary>What is refused for the tenant it is about.</summary>
public static class TenantErrors
{
    public static readonly ErrorCode Exists = new(409, "tenant_exists", "there is a tenant of this name");
    public static readonly ErrorCode IsMoving = new(
        503, "tenant_moving", "the tenant is on its way to another database: repeat after `Retry-After`, with the same Idempotency-Key",
        "The tenant is being moved");

    public static readonly Error Moving = IsMoving.With(
        "Repeat the request after Retry-After; a changing one with the same Idempotency-Key.") with
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };
}
