namespace Patchbay.Tests.Commands;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_ends_as_told_within_a_minute()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(120));   // a minute where nothing else runs

        var ended = await PatchbayProcess.RunAsync(limit.Token, "demo", "--exit");

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Contains("All 11 steps ended as told", ended.Output, StringComparison.Ordinal);
    }
}
