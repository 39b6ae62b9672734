using Patchbay.Sandbox.Messages;

namespace Patchbay.Sandbox.Tests.Messages;

public sealed class SegmentsTests
{
    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('€', 80, 1)]
    [InlineData('€', 81, 2)]
    [InlineData('ж', 70, 1)]
    [InlineData('ж', 71, 2)]
    public void A_text_takes_as_many_segments_as_its_alphabet_needs(char letter, int length, int segments) => Assert.Equal(segments, Segments.Of(new string(letter, length)));
}
