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
public sealed record IdempotencyRecord(
    IdempotencyKey Key, byte[] Fingerprint, int Status, byte[] Body, string? Location, bool Sealed, DateTimeOffset ExpiresAt);

/// <summary>The rows of <c>idempotency</c>.</summary>
public sealed class IdempotencyTable : Table<IdempotencyKey, IdempotencyRecord>
{
    public static readonly IdempotencyTable Instance = new();

    private IdempotencyTable()
        : base("idempotency", record => record.Key)
    {
        Key("tenant_id", key => key.Tenant.Value);
        Key("route", key => key.Route);
        Key("key", key => key.Key);
        Fixed("fingerprint", record => record.Fingerprint);
        Mutable("status", record => record.Status);
        Mutable("body", record => record.Body);
        Mutable("location", record => record.Location);
        Fixed("sealed", record => record.Sealed);
        Fixed("expires_at", record => record.ExpiresAt);
    }

    public override IdempotencyRecord Read(Row row) => new(
        new IdempotencyKey(row.Id<TenantId>("tenant_id"), row.Text("route"), row.Text("key")),
        row.Bytes("fingerprint"), row.Int("status"), row.Bytes("body"), row.FindText("location"), row.Flag("sealed"), row.Time("expires_at"));
}
