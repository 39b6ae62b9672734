using Patchbay.TestKit;

namespace Patchbay.Tests.Commands;

[Trait("Takes", "long")]
public abstract class DemoTests
{
    protected static async Task EndsAsToldAsync(params string[] options)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(180));   // a third of a minute where nothing else runs

        var ended = await PatchbayProcess.RunAsync(limit.Token, ["demo", "--exit", .. options]);

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Contains("All 11 steps ended as told", ended.Output, StringComparison.Ordinal);
    }
}

public sealed class SqliteDemoTests : DemoTests
{
    [Fact]
    public Task It_ends_as_told() => EndsAsToldAsync();
}

public sealed class PostgreSqlDemoTests(PostgresServer postgres) : DemoTests
{
    [Fact]
    public async Task It_ends_as_told() =>
        await EndsAsToldAsync("--database", await postgres.CreateDatabaseAsync(null, TestContext.Current.CancellationToken));
}
