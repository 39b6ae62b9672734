using System.Globalization;
using System.Text.RegularExpressions;
using Patchbay.TestKit;

namespace Patchbay.Tests.Commands;

[Trait("Takes", "long")]
public abstract class DemoTests
{
    protected static async Task<string> EndsAsToldAsync(params string[] options)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(180));   // a third of a minute where nothing else runs

        var ended = await PatchbayProcess.RunAsync(limit.Token, ["demo", "--exit", .. options]);

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.Contains("All 15 steps ended as told", ended.Output, StringComparison.Ordinal);
        return ended.Output;
    }
}

public sealed partial class SqliteDemoTests : DemoTests
{
    [Fact]
    public async Task It_ends_as_told_where_it_was_told_to_listen_and_says_where_the_time_went()
    {
        var address = $"http://127.0.0.1:{Ports.Free()}";

        var told = await EndsAsToldAsync("--urls", address);

        Assert.Contains($"hub {address}/", told, StringComparison.Ordinal);
        var seconds = Spent().Matches(told[told.IndexOf("Where the time went", StringComparison.Ordinal)..])
            .Select(row => double.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(17, seconds.Count);   // the start, fifteen steps, all together
        Assert.Equal(seconds[..^1].Sum(), seconds[^1], tolerance: 0.7);   // each is rounded
    }

    [GeneratedRegex(@"([0-9.]+) s │\s*$", RegexOptions.Multiline)]
    private static partial Regex Spent();
}

public sealed class PostgreSqlDemoTests(PostgresServer postgres) : DemoTests
{
    [Fact]
    public async Task It_ends_as_told() =>
        await EndsAsToldAsync("--database", await postgres.CreateDatabaseAsync(null, TestContext.Current.CancellationToken));
}
