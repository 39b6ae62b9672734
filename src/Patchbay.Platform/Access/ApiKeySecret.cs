using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Platform.Access;

/// <summary>
/// The text of an API key: <c>ba_live_</c> or <c>ba_test_</c>, 30 random base62 characters (178 bits), and 6 base62 characters of the
/// CRC-32 over everything before, so that scanners can tell a real key from a look-alike without asking anybody.
/// </summary>
public static class ApiKeySecret
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 30;
    private const int ChecksumLength = 6;
    private const int PrefixLength = 8;

    private static readonly SearchValues<char> Characters = SearchValues.Create(Base62);

    public static string New(bool live)
    {
        var text = (live ? "ba_live_" : "ba_test_") + RandomNumberGenerator.GetString(Base62, RandomLength);
        return text + Checksum(text);
    }

    /// <summary>True when prefix, length, alphabet and checksum are right; says nothing of whether the key exists.</summary>
    public static bool IsWellFormed(string? text) =>
        text is { Length: PrefixLength + RandomLength + ChecksumLength }
        && (text.StartsWith("ba_live_", StringComparison.Ordinal) || text.StartsWith("ba_test_", StringComparison.Ordinal))
        && !text.AsSpan(PrefixLength).ContainsAnyExcept(Characters)
        && text.AsSpan(PrefixLength + RandomLength).SequenceEqual(Checksum(text[..(PrefixLength + RandomLength)]));

    /// <summary>What is stored: SHA-256. The key is random enough that no slow hash is needed.</summary>
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.ASCII.GetBytes(text));

    /// <summary>What may be shown again: prefix and last four characters.</summary>
    public static string Hint(string text) => $"{text[..PrefixLength]}…{text[^4..]}";

    private static string Checksum(string text)
    {
        var crc = Crc32.HashToUInt32(Encoding.ASCII.GetBytes(text));
        var characters = new char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--, crc /= 62)
            characters[i] = Base62[(int)(crc % 62)];
        return new string(characters);
    }
}
