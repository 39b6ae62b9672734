using System.Text.RegularExpressions;
using Patchbay.Platform.Api;

namespace Patchbay.Tests.Architecture;

/// <summary>What others say ends with a full stop or does not; in a sentence of the hub's it ends with one.</summary>
public sealed partial class SentenceTests
{
    [Theory]
    [InlineData("Out of order", "Out of order.")]
    [InlineData("Out of order.", "Out of order.")]
    [InlineData("SQLite Error 1: 'no such table: x'.", "SQLite Error 1: 'no such table: x'.")]
    [InlineData("Really? ", "Really?")]
    public void A_text_gets_a_full_stop_where_it_has_none(string text, string sentence) => Assert.Equal(sentence, Sentence.Of(text));

    [Fact]
    public void No_text_puts_a_full_stop_after_a_message_that_may_have_one()
    {
        var found = Directory.EnumerateFiles(Sources.Root, "*.cs", SearchOption.AllDirectories)
            .Where(file => MessageWithStop().IsMatch(File.ReadAllText(file)));

        Assert.Empty(found);
    }

    [GeneratedRegex(@"\{[^{}""]*Message(\.\w+\([^)]*\))?\}\.")]
    private static partial Regex MessageWithStop();
}
