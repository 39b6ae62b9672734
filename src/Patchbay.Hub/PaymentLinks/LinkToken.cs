using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Hub.PaymentLinks;

/// <summary>What makes a link's address unguessable: 128 bits, of which only a hash is kept.</summary>
internal static class LinkToken
{
    private const int Bytes = 16;
    private const int Characters = 22;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Null when it cannot be a token.</summary>
    public static byte[]? HashOf(string? token) =>
        token is { Length: Characters } ? SHA256.HashData(Encoding.ASCII.GetBytes(token)) : null;
}
