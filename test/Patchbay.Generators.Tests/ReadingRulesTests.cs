namespace Patchbay.Generators.Tests;

public sealed class ReadingRulesTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(140, 0)]
    [InlineData(141, 1)]
    public async Task A_line_has_140_characters_at_most(int length, int found)
    {
        var source = Compiled.Of($"class C;\n// {new string('x', length - 3)}\n");
        Assert.Equal(found, (await source.AnalyzedBy(new LongLineAnalyzer(), _ct)).Length);
    }

    [Theory]
    [InlineData("\"\"\"", "\"\"\"")]
    [InlineData("\"\"\"\n", "\n\"\"\"")]
    [InlineData("$\"\"\"\n{1}", "\n\"\"\"")]
    public async Task What_a_raw_string_quotes_may_be_longer(string open, string close)
    {
        var source = Compiled.Of($"class C {{ object O =\n{open}{new string('x', 200)}{close}; }}");
        Assert.Empty(await source.AnalyzedBy(new LongLineAnalyzer(), _ct));
    }

    [Theory]
    [InlineData("class C { void M()\n{\nBODY} }")]
    [InlineData("class C { C()\n{\nBODY} }")]
    [InlineData("class C { int P { get\n{\nBODYreturn 1; } } }")]
    [InlineData("class C { void M() { Local(); void Local()\n{\nBODY} } }")]
    public async Task A_body_has_45_lines_at_most(string template)
    {
        Assert.Empty(await FoundAsync(template, 44));
        Assert.NotEmpty(await FoundAsync(template, 46));
    }

    private async Task<IEnumerable<string>> FoundAsync(string template, int lines)
    {
        var source = Compiled.Of(template.Replace("BODY", string.Concat(Enumerable.Repeat(";\n", lines)), StringComparison.Ordinal));
        return (await source.AnalyzedBy(new LongMethodAnalyzer(), _ct)).Select(found => found.Id);
    }
}
