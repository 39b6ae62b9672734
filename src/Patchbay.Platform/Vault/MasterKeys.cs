using System.Security.Cryptography;
using Patchbay.Storage;

namespace Patchbay.Platform.Vault;

/// <summary>
/// The versioned master keys that wrap the tenants' data keys. They come from the setting <c>Patchbay:MasterKey</c>
/// (<c>1:BASE64;2:BASE64</c>, 32 bytes each), else from a file that is made for a new database, readable by its owner only.
/// The highest version wraps; older ones only unwrap. They are read when they are first needed.
/// </summary>
public sealed class MasterKeys(string? setting, string file)
{
    private const int Shown = 12;   // characters of a fingerprint, for people

    private readonly string? _setting = string.IsNullOrWhiteSpace(setting) ? null : setting;
    private readonly Lock _gate = new();
    private SortedDictionary<int, byte[]> _keys = [];

    /// <summary>Where the keys come from, for people.</summary>
    public string Source => _setting is null ? Path.GetFullPath(file) : "the setting Patchbay:MasterKey";

    public int CurrentVersion
    {
        get
        {
            lock (_gate)
                return Loaded().Keys.Max();
        }
    }

    /// <summary>By what each version is known, lower-case hex: says nothing about the key.</summary>
    public IReadOnlyDictionary<int, string> Fingerprints
    {
        get
        {
            lock (_gate)
                return Loaded().ToDictionary(pair => pair.Key, pair => FingerprintOf(pair.Value));
        }
    }

    /// <summary>Makes the key file where there is none: for a database that was never used. Nothing when the keys are set.</summary>
    public void MakeFirst()
    {
        lock (_gate)
        {
            if (_setting is null && !File.Exists(file))
                Write(new SortedDictionary<int, byte[]> { [1] = RandomNumberGenerator.GetBytes(32) });
        }
    }

    /// <summary>Holds the keys against those that a database was used with; none: it may be used with any.</summary>
    /// <exception cref="MasterKeyException">They are those of another database.</exception>
    public void Check(IReadOnlyList<(int Version, string Fingerprint)> recorded)
    {
        if (recorded.Count > 0 && _setting is null && !File.Exists(file))
            throw Foreign($"The master key {Source} is missing", recorded);
        var present = Fingerprints;
        foreach (var (version, fingerprint) in recorded)
        {
            if (present.TryGetValue(version, out var ours) && ours != fingerprint)
                throw Foreign($"Master key version {version} in {Source} has the fingerprint {ours[..Shown]}", recorded);
        }

        if (recorded.Count > 0 && !recorded.Any(known => present.ContainsKey(known.Version)))
            throw Foreign($"The master keys in {Source} have other versions ({string.Join(", ", present.Keys)})", recorded);
    }

    /// <summary>Wraps under the current version.</summary>
    public (byte[] Wrapped, int Version) Wrap(byte[] dataKey, byte[] context)
    {
        lock (_gate)
        {
            var (version, key) = Loaded().Last();
            return (Sealing.Seal(key, dataKey, context), version);
        }
    }

    /// <exception cref="MasterKeyException">The version is not there, or the key is not the one it was wrapped with.</exception>
    public byte[] Unwrap(byte[] wrapped, int version, byte[] context)
    {
        lock (_gate)
        {
            if (!_keys.ContainsKey(version))
                Load();   // another process may have added a version meanwhile
            if (!_keys.TryGetValue(version, out var key))
                throw new MasterKeyException(
                    $"Master key version {version} is not in {Source}. Restore it: without it the credentials cannot be read.");
            return Sealing.TryOpen(key, wrapped, context, out var dataKey)
                ? dataKey
                : throw new MasterKeyException(
                    $"Master key version {version} in {Source} is not the one the credentials were encrypted with.");
        }
    }

    /// <summary>Adds a new version to the key file. With keys from the setting the operator has to add it there.</summary>
    /// <exception cref="MasterKeyException">The keys come from the setting.</exception>
    public int AddVersion()
    {
        lock (_gate)
        {
            Load();
            if (_setting is not null)
                throw new MasterKeyException(
                    "The master keys come from the setting Patchbay:MasterKey: append ';N:BASE64' with the next number N there, restart, "
                        + "and run this again.");
            var next = _keys.Keys.Max() + 1;
            Write(new SortedDictionary<int, byte[]>(_keys) { [next] = RandomNumberGenerator.GetBytes(32) });
            Load();
            return next;
        }
    }

    private static string FingerprintOf(byte[] key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, "patchbay master key"u8));

    private static MasterKeyException Foreign(string found, IEnumerable<(int Version, string Fingerprint)> recorded) => new(
        $"{found}; the database was used with the fingerprint "
            + $"{string.Join(", ", recorded.Select(known => $"{known.Version}: {known.Fingerprint[..Shown]}"))}. "
            + "Put the key of this database there, from its backup or another node: with any other one its credentials cannot be read.");

    private SortedDictionary<int, byte[]> Loaded()
    {
        if (_keys.Count == 0)
            Load();
        return _keys;
    }

    private void Load()
    {
        if (_setting is null && !File.Exists(file))
            throw new MasterKeyException(
                $"The master key {Source} is missing. Restore it from its backup, or copy it from another node: without it the "
                    + "credentials in the database cannot be read.");
        var text = _setting ?? File.ReadAllText(file);
        var keys = new SortedDictionary<int, byte[]>();
        foreach (var part in text.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var bytes = new byte[33];
            if (colon < 1 || !int.TryParse(part.AsSpan(0, colon), out var version) || version < 1
                || !Convert.TryFromBase64String(part[(colon + 1)..], bytes, out var length) || length != 32)
                throw new MasterKeyException($"The master keys in {Source} must read 1:BASE64;2:BASE64 with 32 bytes each.");
            keys[version] = bytes[..32];
        }

        _keys = keys.Count > 0 ? keys : throw new MasterKeyException($"There is no master key in {Source}.");
    }

    private void Write(SortedDictionary<int, byte[]> keys)
    {
        OwnersFiles.MakeFolderOf(file);
        var temporary = file + ".new";
        using (var stream = OwnersFiles.Create(temporary))
        {
            using var writer = new StreamWriter(stream);
            foreach (var (version, key) in keys)
                writer.WriteLine($"{version}:{Convert.ToBase64String(key)}");
            writer.Flush();
            stream.Flush(flushToDisk: true);   // what it wraps must not outlive it
        }

        File.Move(temporary, file, overwrite: true);
    }
}

/// <summary>A master key is missing or wrong; the message says what to do and holds no key.</summary>
public sealed class MasterKeyException(string message) : Exception(message);
