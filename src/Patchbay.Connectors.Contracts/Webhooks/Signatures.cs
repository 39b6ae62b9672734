using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Connectors.Contracts;

/// <summary>The pieces signature schemes are built of.</summary>
public static class Signatures
{
    public static byte[] HmacSha256(Secret key, ReadOnlySpan<byte> message) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal()), message);

    public static byte[] HmacSha256(Secret key, string message) => HmacSha256(key, Encoding.UTF8.GetBytes(message));

    public static byte[] HmacSha1(Secret key, string message) =>
        HMACSHA1.HashData(Encoding.UTF8.GetBytes(key.Reveal()), Encoding.UTF8.GetBytes(message));

    /// <summary>CRC-32 as in ISO 3309, gzip and PNG: no secret, but a part of what some providers sign.</summary>
    public static uint Crc32(ReadOnlySpan<byte> message)
    {
        var crc = uint.MaxValue;
        foreach (var value in message)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }

    /// <summary>
    /// Whether any of the given texts was made with any of the keys. Every pair is compared, so that the time does not tell which one
    /// fitted.
    /// </summary>
    /// <param name="sign">What a key makes of the message.</param>
    /// <param name="same"><see cref="SameHex"/>, <see cref="SameBase64"/> or <see cref="SameBase64Url"/>.</param>
    public static bool Any(
        IEnumerable<Secret> keys, Func<Secret, byte[]> sign, IReadOnlyCollection<string> given, Func<ReadOnlySpan<byte>, string, bool> same)
    {
        var genuine = false;
        foreach (var key in keys)
        {
            var expected = sign(key);
            foreach (var signature in given)
                genuine |= same(expected, signature);
        }

        return genuine;
    }

    /// <summary>Compares in a time that does not tell how much of it was right.</summary>
    public static bool Same(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> given) =>
        CryptographicOperations.FixedTimeEquals(expected, given);

    /// <summary>Compares with a given lower- or upper-case hex text; false when it is not hex.</summary>
    public static bool SameHex(ReadOnlySpan<byte> expected, string given)
    {
        var bytes = new byte[given.Length / 2];
        return Convert.FromHexString(given, bytes, out _, out _) == System.Buffers.OperationStatus.Done && given.Length % 2 == 0
            && Same(expected, bytes);
    }

    /// <summary>Compares with a given base64url text without padding; false when it is none.</summary>
    public static bool SameBase64Url(ReadOnlySpan<byte> expected, string given)
    {
        var bytes = new byte[given.Length];
        return Base64Url.IsValid(given) && Base64Url.TryDecodeFromChars(given, bytes, out var length)
            && Base64Url.GetEncodedLength(length) == given.Length && Same(expected, bytes.AsSpan(0, length));
    }

    /// <summary>Compares with a given base64 text; false when it is not base64.</summary>
    public static bool SameBase64(ReadOnlySpan<byte> expected, string given)
    {
        var bytes = new byte[given.Length];
        return Convert.TryFromBase64String(given, bytes, out var length) && Same(expected, bytes.AsSpan(0, length));
    }
}
