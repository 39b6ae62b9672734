using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Storage;

namespace Patchbay.Platform.Vault;

/// <summary>A tenant's data key, wrapped by a master key.</summary>
[LedgerTable("tenant_keys")]
public sealed partial record TenantKey([Key] TenantId TenantId, byte[] Wrapped, int MasterVersion);

/// <summary>Encrypts what is a tenant's secret under the tenant's own data key.</summary>
public sealed class TenantVault(Database database, MasterKeys masterKeys)
{
    private readonly ConcurrentDictionary<TenantId, byte[]> _dataKeys = new();

    /// <summary>A fresh data key for a new tenant, to be inserted with it.</summary>
    public TenantKey NewKey(TenantId tenant)
    {
        var (wrapped, version) = masterKeys.Wrap(RandomNumberGenerator.GetBytes(32), Context(tenant));
        return new TenantKey(tenant, wrapped, version);
    }

    /// <summary>What encrypts and decrypts for one tenant.</summary>
    public async ValueTask<TenantCipher> OpenAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (!_dataKeys.TryGetValue(tenant, out var key))
        {
            var row = await database.FindAsync(TenantKeyTable.Instance, tenant, cancellationToken)
                ?? throw new MasterKeyException($"{tenant} has no data key.");
            key = masterKeys.Unwrap(row.Wrapped, row.MasterVersion, Context(tenant));
            _dataKeys[tenant] = key;
        }

        return new TenantCipher(tenant, key);
    }

    /// <summary>Wraps a data key again under the current master version; what it encrypted stays as it is.</summary>
    public TenantKey Rewrap(TenantKey key)
    {
        var plain = masterKeys.Unwrap(key.Wrapped, key.MasterVersion, Context(key.TenantId));
        var (wrapped, version) = masterKeys.Wrap(plain, Context(key.TenantId));
        return key with { Wrapped = wrapped, MasterVersion = version };
    }

    private static byte[] Context(TenantId tenant) => Encoding.UTF8.GetBytes("data-key:" + tenant);
}

/// <summary>Encrypts and decrypts with one tenant's data key.</summary>
public sealed class TenantCipher(TenantId tenant, byte[] key)
{
    /// <param name="purpose">For example <c>credentials:int_...</c>: what is sealed for one purpose opens for no other.</param>
    public byte[] Seal(string purpose, byte[] plain) => Sealing.Seal(key, plain, Context(purpose));

    /// <exception cref="CryptographicException">The bytes were changed, or belong elsewhere.</exception>
    public byte[] Open(string purpose, byte[] sealedBytes) => Sealing.TryOpen(key, sealedBytes, Context(purpose), out var plain)
        ? plain
        : throw new CryptographicException($"What is kept as '{purpose}' of {tenant} cannot be decrypted.");

    private byte[] Context(string purpose) => Encoding.UTF8.GetBytes($"{tenant}|{purpose}");
}
