using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Storage;

namespace Patchbay.Platform.Vault;

/// <summary>A tenant's data key, wrapped by a master key.</summary>
[LedgerTable("tenant_keys")]
public sealed partial record TenantKey([Key] TenantId TenantId, byte[] Wrapped, int MasterVersion)
{
    /// <exception cref="MasterKeyException">The master key is not there, or not the one it was wrapped with.</exception>
    internal byte[] Open(MasterKeys masterKeys) => masterKeys.Unwrap(Wrapped, MasterVersion, ContextOf(TenantId));

    internal static byte[] ContextOf(TenantId tenant) => Encoding.UTF8.GetBytes("data-key:" + tenant);
}

/// <summary>Encrypts what is a tenant's secret under the tenant's own data key.</summary>
public sealed class TenantVault(Database database, MasterKeys masterKeys, MasterKeyProof proof)
{
    private readonly ConcurrentDictionary<TenantId, byte[]> _dataKeys = new();

    /// <summary>A fresh data key for a new tenant, to be inserted with it.</summary>
    /// <exception cref="MasterKeyException">The master key is not this database's.</exception>
    public async Task<TenantKey> NewKeyAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await proof.EnsureAsync(cancellationToken);
        var (wrapped, version) = masterKeys.Wrap(RandomNumberGenerator.GetBytes(32), TenantKey.ContextOf(tenant));
        return new TenantKey(tenant, wrapped, version);
    }

    /// <summary>What encrypts and decrypts for one tenant.</summary>
    public async ValueTask<TenantCipher> OpenAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (!_dataKeys.TryGetValue(tenant, out var key))
        {
            var row = await database.FindAsync(TenantKeyTable.Instance, tenant, cancellationToken)
                ?? throw new MasterKeyException($"{tenant} has no data key.");
            _dataKeys[tenant] = key = row.Open(masterKeys);
        }

        return new TenantCipher(tenant, key);
    }

    /// <summary>Wraps a data key again under the current master version; what it encrypted stays as it is.</summary>
    public TenantKey Rewrap(TenantKey key)
    {
        var (wrapped, version) = masterKeys.Wrap(key.Open(masterKeys), TenantKey.ContextOf(key.TenantId));
        return key with { Wrapped = wrapped, MasterVersion = version };
    }
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
