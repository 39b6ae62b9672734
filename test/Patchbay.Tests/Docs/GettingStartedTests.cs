namespace Patchbay.Tests.Docs;

[Collection(nameof(PlayedHub))]
public sealed class GettingStartedTests(PlayedHub hub)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory, Trait("Takes", "long")]
    [InlineData("docs/getting-started.md", 18)]
    [InlineData("docs/routing.md", 8)]
    [InlineData("docs/sandbox-testing.md", 8)]
    [InlineData("docs/troubleshooting.md", 8)]
    [InlineData("README.md", 2)]
    public async Task Whoever_follows_a_page_sees_what_it_shows(string name, int steps)
    {
        var page = DocPage.Read(name);

        Assert.InRange(page.Steps.Count, steps, int.MaxValue);
        await hub.FollowAsync(page, _ct);
    }

    [Theory]
    [InlineData("echo '{\"status\":\"failed\"}' -d ", "{\"status\":\"succeeded\"}", "but there was\n{\"status\":\"failed\"}")]
    [InlineData("curl -s -X POST http://localhost:5000/api/v1/payments", null, "unauthenticated")]
    public async Task A_page_that_shows_what_does_not_come_is_found_out(string commands, string? output, string found)
    {
        var page = new DocPage("page.md", $"# Page\n\n```sh\n{commands}\n```\n" + (output is null ? "" : $"\n```text\n{output}\n```\n"));

        var lie = await Assert.ThrowsAsync<LyingPageException>(() => hub.FollowAsync(page, _ct));

        Assert.StartsWith("page.md:4 shows", lie.Message, StringComparison.Ordinal);
        Assert.Contains(found, lie.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_fails_ends_the_page()
    {
        var page = new DocPage("page.md", "```sh\nls /nowhere\n```\n");

        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.FollowAsync(page, _ct));
    }
}
