using System.Globalization;
using System.Security.Cryptography;

namespace Patchbay.Sandbox.Running;

/// <summary>Ids in the shapes that vendors use: a part drawn once per run, so that runs do not collide, and a counter.</summary>
public sealed class SandboxIds
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private readonly string _letters = RandomNumberGenerator.GetString(Alphabet, 14);
    private readonly string _hex = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private long _count;

    /// <summary>For example <c>pi_</c> followed by 24 letters and digits.</summary>
    public string Letters(string prefix) => string.Concat(prefix, _letters, Padded());

    /// <summary>For example <c>SM</c> followed by 32 hex digits.</summary>
    public string Hex(string prefix) => string.Concat(prefix, _hex, Next().ToString("x16", CultureInfo.InvariantCulture));

    /// <summary>In the shape of a UUID.</summary>
    public string Uuid()
    {
        var count = Next().ToString("x16", CultureInfo.InvariantCulture);
        return $"{_hex[..8]}-{_hex[8..12]}-4{_hex[13..16]}-8{count[1..4]}-{count[4..]}";
    }

    /// <summary>Twenty digits nobody can guess.</summary>
    public static string Nonce() => RandomNumberGenerator.GetString("0123456789", 20);

    /// <summary>A new key for signing: the prefix and 32 letters and digits.</summary>
    public static string Secret(string prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, 32);

    private string Padded() => Next().ToString("D10", CultureInfo.InvariantCulture);

    private long Next() => Interlocked.Increment(ref _count);
}
