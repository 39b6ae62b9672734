using Patchbay.TestKit;

namespace Patchbay.Tests.Commands;

[Trait("Takes", "long")]
public sealed class DemoTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_demo_ends_as_told_on_either_database(bool onPostgres)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(180));   // a third of a minute where nothing else runs
        string[] database = onPostgres ? ["--database", await postgres.CreateDatabaseAsync(null, limit.Token)] : [];

        var ended = await PatchbayProcess.RunAsync(limit.Token, ["demo", "--exit", .. database]);

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Contains("All 11 steps ended as told", ended.Output, StringComparison.Ordinal);
    }
}
