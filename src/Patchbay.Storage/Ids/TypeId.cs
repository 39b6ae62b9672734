using System.Buffers;
using System.Buffers.Binary;

namespace Patchbay.Storage;

/// <summary>
/// The text form of ids: 26 characters of lower-case Crockford base32 over the 128 bits of a UUID, most significant first.
/// </summary>
/// <remarks>As the TypeID specification has it, https://github.com/jetify-com/typeid: the first character is at most 7.</remarks>
public static class TypeId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 26;

    private static readonly SearchValues<char> PrefixCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_");

    /// <summary>A regular expression for the ids of a kind.</summary>
    /// <param name="prefix">Lower-case letters, without the underscore.</param>
    public static string Pattern(string prefix) => $"^{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{{Length - 1}}}$";

    /// <param name="prefix">Lower-case letters, without the underscore.</param>
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

    /// <summary>False for any other prefix, length, upper case, or digits that are no UUID.</summary>
    public static bool TryParse<TId>(string? text, out TId id)
        where TId : struct, ITypedId<TId>
    {
        id = default;
        if (text is null || text.Length != TId.Prefix.Length + 1 + Length
            || !text.StartsWith(TId.Prefix, StringComparison.Ordinal) || text[TId.Prefix.Length] != '_')
            return false;
        if (!TryReadDigits(text.AsSpan(TId.Prefix.Length + 1), out var value))
            return false;
        id = TId.From(value);
        return true;
    }

    /// <summary>Reads an id whatever it names: a prefix of lower-case letters and underscores, then the digits.</summary>
    public static bool TryParse(string? text, out Guid value)
    {
        value = default;
        return text is not null && text.Length > Length + 1 && text[^(Length + 1)] == '_' && char.IsAsciiLetterLower(text[0])
            && !text.AsSpan(0, text.Length - Length - 1).ContainsAnyExcept(PrefixCharacters)
            && TryReadDigits(text.AsSpan(text.Length - Length), out value);
    }

    /// <exception cref="FormatException">See <see cref="TryParse{TId}"/>.</exception>
    public static TId Parse<TId>(string text)
        where TId : struct, ITypedId<TId> =>
        TryParse<TId>(text, out var id) ? id : throw new FormatException($"Not an id of the form {TId.Prefix}_...");

    private static bool TryReadDigits(ReadOnlySpan<char> digits, out Guid value)
    {
        value = default;
        if (digits[0] > '7')
            return false;
        UInt128 bits = 0;
        foreach (var digit in digits)
        {
            var index = Alphabet.IndexOf(digit, StringComparison.Ordinal);
            if (index < 0)
                return false;
            bits = (bits << 5) | (UInt128)index;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        value = new Guid(bytes, bigEndian: true);
        return true;
    }
}
