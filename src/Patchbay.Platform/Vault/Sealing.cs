using System.Security.Cryptography;

namespace Patchbay.Platform.Vault;

/// <summary>AES-256-GCM: 12 bytes nonce, 16 bytes tag, then the cipher text.</summary>
internal static class Sealing
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <param name="context">Bound to the cipher text: it opens only where it belongs.</param>
    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var output = new byte[NonceLength + TagLength + plain.Length];
        var nonce = output.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, output.AsSpan(NonceLength + TagLength), output.AsSpan(NonceLength, TagLength), context);
        return output;
    }

    /// <summary>False when the key or the context is wrong, or the bytes were changed.</summary>
    public static bool TryOpen(byte[] key, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> context, out byte[] plain)
    {
        plain = [];
        if (sealedBytes.Length < NonceLength + TagLength)
            return false;
        var output = new byte[sealedBytes.Length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(sealedBytes[..NonceLength], sealedBytes[(NonceLength + TagLength)..], sealedBytes.Slice(NonceLength, TagLength),
                output, context);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        plain = output;
        return true;
    }
}
