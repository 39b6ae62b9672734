using System.Diagnostics;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions.OpenApi;

/// <summary>
/// The documents keep the rules that Spectral and Redocly recommend. Needs Node.js; <c>test.sh</c> installs the linters.
/// </summary>
public sealed class OpenApiLintersTests(HubDatabases databases)
{
    // A hub is its operator's: whom to ask about it the sources do not know. Tags are names of features, which their operations describe.
    // Payments' ids never read as "routing", nor others' as "by-external-id", which other systems know by these paths.
    private static readonly string[] Borne =
    [
        "warn info-contact", "warn tag-description", "warn no-server-example.com", "warn no-ambiguous-paths #/paths/~1api~1v1~1payments",
        "warn no-ambiguous-paths #/paths/~1api~1v1~1customers", "warn no-ambiguous-paths #/paths/~1api~1v1~1invoices",
    ];

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("v1")]
    [InlineData("aliases")]
    public async Task Spectral_and_redocly_find_nothing_wrong(string name)
    {
        var folder = Path.Combine(Repository.Root, "test", "openapi-linters");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "Run 'npm ci' in test/openapi-linters, as test.sh does.");
        await using var hub = await databases.LendAsync(TestDatabases.Sqlite, _ct);
        using var client = hub.Host.Client(null);
        var document = await HubDocument.ReadAsync(client, name);
        var file = Path.Combine(Directory.CreateTempSubdirectory("patchbay-openapi-").FullName, "openapi.json");
        await File.WriteAllTextAsync(file, document.Text, _ct);

        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, "lint.mjs"), file])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(_ct), node.StandardError.ReadToEndAsync(_ct));
        await node.WaitForExitAsync(_ct);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

        Assert.True(node.ExitCode == 0, await errors);
        var found = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("linted", found[^1]);
        Assert.All(found[..^1], line => Assert.Contains(Borne, borne => line.StartsWith(borne, StringComparison.Ordinal)));
    }
}
