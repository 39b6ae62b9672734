using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Values;

public sealed class TextLengthTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("", 1, "")]
    [InlineData("ab😀", 4, "ab😀")]
    [InlineData("ab😀c", 3, "ab")]
    [InlineData("ab😀c", 4, "ab😀")]
    [InlineData("😀", 1, "")]
    public void No_text_ends_in_half_a_character(string text, int max, string beginning) => Assert.Equal(beginning, text.UpTo(max));
}
