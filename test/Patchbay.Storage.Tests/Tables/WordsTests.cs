namespace Patchbay.Storage.Tests.Tables;

public sealed class WordsTests
{
    private enum Sample
    {
        Pending,
        RequiresAction,
    }

    [Fact]
    public void An_enum_reads_as_words_in_snake_case_and_back()
    {
        Assert.Equal("requires_action", Sample.RequiresAction.ToWord());
        Assert.Equal(Sample.RequiresAction, Words.Parse<Sample>("requires_action"));
        Assert.Equal(["pending", "requires_action"], Words.All<Sample>());
    }

    [Theory]
    [InlineData("RequiresAction")]
    [InlineData("Pending")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_word_is_refused(string? text)
    {
        Assert.False(Words.TryParse<Sample>(text, out _));
        Assert.Throws<FormatException>(() => Words.Parse<Sample>(text ?? ""));
    }
}
