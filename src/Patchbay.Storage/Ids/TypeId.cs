using System.Buffers.Binary;

namespace Patchbay.Storage;

/// <summary>The text form of ids: 26 characters of lower-case Crockford base32 over the 128 bits of a UUID, most significant first.</summary>
/// <remarks>As the TypeID specification has it, https://github.com/jetify-com/typeid: the first character is at most 7.</remarks>
public static class TypeId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 26;

    public static string Format(string prefix, Guid value) =>
        string.Create(prefix.Length + 1 + Length, (prefix, value), static (text, source) =>
        {
            source.prefix.CopyTo(text);
            text[source.prefix.Length] = '_';
            Span<byte> bytes = stackalloc byte[16];
            source.value.TryWriteBytes(bytes, bigEndian: true, out _);
            var bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
            for (var i = text.Length - 1; i > source.prefix.Length; i--, bits >>= 5)
                text[i] = Alphabet[(int)(bits & 31)];
        });

    public static bool TryParse<TId>(string? text, out TId id)
        where TId : struct, ITypedId<TId>
    {
        id = default;
        if (text is null || text.Length != TId.Prefix.Length + 1 + Length
            || !text.StartsWith(TId.Prefix, StringComparison.Ordinal) || text[TId.Prefix.Length] != '_')
            return false;
        var digits = text.AsSpan(TId.Prefix.Length + 1);
        if (digits[0] > '7')
            return false;
        UInt128 bits = 0;
        foreach (var digit in digits)
        {
            var value = Alphabet.IndexOf(digit, StringComparison.Ordinal);
            if (value < 0)
                return false;
            bits = (bits << 5) | (UInt128)value;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        id = TId.From(new Guid(bytes, bigEndian: true));
        return true;
    }

    public static TId Parse<TId>(string text)
        where TId : struct, ITypedId<TId> =>
        TryParse<TId>(text, out var id) ? id : throw new FormatException($"Not an id of the form {TId.Prefix}_...");
}
