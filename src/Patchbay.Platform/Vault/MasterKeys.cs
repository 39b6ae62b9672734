using System.Security.Cryptography;

namespace Patchbay.Platform.Vault;

/// <summary>
/// The versioned master keys that wrap the tenants' data keys. They come from the setting <c>Patchbay:MasterKey</c>
/// (<c>1:BASE64;2:BASE64</c>, 32 bytes each), else from a file that is made on the first start, readable by its owner only.
/// The highest version wraps; older ones only unwrap.
/// </summary>
public sealed class MasterKeys
{
    private readonly string? _setting;
    private readonly string _file;
    private readonly Lock _gate = new();
    private SortedDictionary<int, byte[]> _keys = [];

    public MasterKeys(string? setting, string file)
    {
        _setting = string.IsNullOrWhiteSpace(setting) ? null : setting;
        _file = file;
        if (_setting is null && !File.Exists(file))
            Write(file, new SortedDictionary<int, byte[]> { [1] = RandomNumberGenerator.GetBytes(32) });
        Load();
    }

    /// <summary>Where the keys come from, for people.</summary>
    public string Source => _setting is null ? _file : "the setting Patchbay:MasterKey";

    public int CurrentVersion
    {
        get
        {
            lock (_gate)
                return _keys.Keys.Max();
        }
    }

    /// <summary>Wraps under the current version.</summary>
    public (byte[] Wrapped, int Version) Wrap(byte[] dataKey, byte[] context)
    {
        lock (_gate)
        {
            var version = _keys.Keys.Max();
            return (Sealing.Seal(_keys[version], dataKey, context), version);
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
            Write(_file, new SortedDictionary<int, byte[]>(_keys) { [next] = RandomNumberGenerator.GetBytes(32) });
            Load();
            return next;
        }
    }

    private void Load()
    {
        var text = _setting ?? File.ReadAllText(_file);
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

    private static void Write(string file, SortedDictionary<int, byte[]> keys)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var temporary = file + ".new";
        using (var writer = new StreamWriter(temporary, options))
        {
            foreach (var (version, key) in keys)
                writer.WriteLine($"{version}:{Convert.ToBase64String(key)}");
        }

        File.Move(temporary, file, overwrite: true);
    }
}

/// <summary>A master key is missing or wrong; the message says what to do and holds no key.</summary>
public sealed class MasterKeyException(string message) : Exception(message);
