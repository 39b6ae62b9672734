using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Messages;

public sealed class SmsTextTests
{
    [Theory]
    [InlineData(160, 'a', 1)]
    [InlineData(161, 'a', 2)]
    [InlineData(306, 'a', 2)]
    [InlineData(307, 'a', 3)]
    [InlineData(80, '€', 1)]
    [InlineData(81, '€', 2)]
    [InlineData(70, 'ж', 1)]
    [InlineData(71, 'ж', 2)]
    [InlineData(135, 'ж', 3)]
    public void Segments_follow_alphabet_and_length(int length, char letter, int segments) =>
        Assert.Equal(segments, SmsText.Of(new string(letter, length)).Segments);

    [Fact]
    public void A_character_of_two_units_is_never_split()
    {
        // 153 such characters have 306 septets, but each segment holds 76 of them and one septet stays empty.
        Assert.Equal(("gsm7", 306, 3), Cut(string.Concat(Enumerable.Repeat("€", 153))));
        Assert.Equal(("ucs2", 134, 3), Cut(string.Concat(Enumerable.Repeat("🐦", 67))));
    }

    private static (string Encoding, int Units, int Segments) Cut(string text) =>
        SmsText.Of(text) is var cut ? (cut.Encoding, cut.Units, cut.Segments) : default;
}
