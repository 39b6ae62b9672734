using System.Text;

namespace Patchbay.Storage;

/// <summary>
/// Text that both databases take, and give back as it was: PostgreSQL refuses NUL, and half a surrogate pair is no UTF-8. What comes from
/// outside may have both; a row must not fail for it, least of all one that says what was done.
/// </summary>
public static class StorableText
{
    public static bool IsStorable(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('\0') >= 0)
            return false;
        for (var place = text.IndexOfAnyInRange('\uD800', '\uDFFF'); place >= 0;)
        {
            if (Rune.DecodeFromUtf16(text[place..], out _, out var length) != System.Buffers.OperationStatus.Done)
                return false;
            text = text[(place + length)..];
            place = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        }

        return true;
    }

    /// <summary>The same with U+FFFD in place of what cannot be stored.</summary>
    public static string Of(string text)
    {
        if (IsStorable(text))
            return text;
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())   // half a pair comes out as U+FFFD
            storable.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        return storable.ToString();
    }
}
