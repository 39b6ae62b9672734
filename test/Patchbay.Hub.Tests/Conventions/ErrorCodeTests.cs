using System.Text.RegularExpressions;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions;

public sealed partial class ErrorCodeTests
{
    private const string Begin = "<!-- codes: `just docs` writes them -->\n";
    private const string End = "<!-- end of codes -->";

    [Fact]
    public void Every_code_is_declared_once_with_a_status_and_a_meaning()
    {
        var words = Declared.ErrorCodes.Select(code => code.Word).ToList();

        Assert.Equal(words.Distinct(StringComparer.Ordinal), words);
        Assert.All(words, word => Assert.Matches("^[a-z0-9_]+$", word));
        Assert.All(Declared.ErrorCodes, code => Assert.InRange(code.Status, 400, 599));
        Assert.All(Declared.ErrorCodes, code => Assert.NotEmpty(code.Meaning));
    }

    /// <summary>An error can be made of a declared code only; so nothing else may make a code.</summary>
    [Fact]
    public void No_code_is_made_where_it_is_not_declared()
    {
        var source = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText).ToList();

        Assert.Equal(
            Declared.ErrorCodes.Select(code => code.Word).Order(StringComparer.Ordinal),
            source.SelectMany(text => Declaration().Matches(text)).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(source, text => text.Contains("new ErrorCode(", StringComparison.Ordinal));
    }

    /// <summary>To bring the page up to date: <c>just docs</c>, or PATCHBAY_WRITE_DOCS=1 and this test.</summary>
    [Fact]
    public async Task The_table_in_the_docs_is_up_to_date()
    {
        var file = Path.Combine(Repository.Root, "docs", "api.md");
        var page = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        var expected = page[..begin] + "| status | code | means |\n| --- | --- | --- |\n"
            + string.Concat(Declared.ErrorCodes.Select(code => $"| {code.Status} | `{code.Word}` | {code.Meaning} |\n")) + page[end..];
        if (Environment.GetEnvironmentVariable("PATCHBAY_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, expected, TestContext.Current.CancellationToken);

        Assert.Equal(expected, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [GeneratedRegex(@"static readonly ErrorCode \w+ = new\(\s*\d+, ""([a-z0-9_]+)""")]
    private static partial Regex Declaration();
}
