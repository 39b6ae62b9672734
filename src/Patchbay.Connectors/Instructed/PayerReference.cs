using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Connectors.Instructed;

/// <summary>What payers give along: short, and of characters that are not mistaken for each other.</summary>
internal static class PayerReference
{
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 8;

    /// <summary>The same for the same payment, so that asking again tells no other.</summary>
    /// <param name="prefix">Two letters that say whose it is.</param>
    public static string Of(string prefix, string paymentId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(paymentId), hash);
        var number = BitConverter.ToUInt64(hash) >> 1;
        var text = new StringBuilder(prefix, prefix.Length + Length);
        for (var i = 0; i < Length; i++, number /= (ulong)Alphabet.Length)
            text.Append(Alphabet[(int)(number % (ulong)Alphabet.Length)]);
        return text.ToString();
    }
}
