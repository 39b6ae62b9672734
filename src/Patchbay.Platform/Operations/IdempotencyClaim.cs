using Patchbay.Storage;

namespace Patchbay.Platform.Operations;

/// <summary>A request that may be repeated safely.</summary>
/// <param name="Route">Method and route template: the same key on another route is another operation.</param>
/// <param name="Fingerprint">SHA-256 of path and canonical body.</param>
/// <param name="Keep">How long a repeat gets the first answer again.</param>
/// <param name="Seal">Encrypts an answer that holds a secret before it is kept; null when it holds none.</param>
public sealed record IdempotencyClaim(
    TenantId Tenant, string Route, string Key, byte[] Fingerprint, TimeSpan Keep, IBodySeal? Seal = null);

/// <summary>Encrypts kept answers that hold a secret.</summary>
public interface IBodySeal
{
    byte[] Seal(byte[] body);

    byte[] Open(byte[] sealedBody);
}

public readonly record struct IdempotencyKey(TenantId Tenant, string Route, string Key);

/// <summary>The first answer to a request with a key.</summary>
[LedgerTable("idempotency", Class = "IdempotencyTable")]
public sealed partial record IdempotencyRecord(
    [Key] IdempotencyKey Key, [Fixed] byte[] Fingerprint, int Status, byte[] Body, string? Location, [Fixed] bool Sealed,
    [Fixed] DateTimeOffset ExpiresAt);
