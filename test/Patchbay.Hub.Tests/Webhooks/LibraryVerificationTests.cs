using System.Diagnostics;
using System.Text.Json;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Webhooks;

/// <summary>
/// The libraries that receivers use verify what the hub really sends. Needs Node.js; <c>test.sh</c> installs the libraries.
/// </summary>
public sealed class LibraryVerificationTests(HubDatabases databases)
{
    private const string Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Standardwebhooks_and_svix_verify_deliveries_and_refuse_changed_ones()
    {
        var folder = Folder();
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "npm ci has not been run in test/webhook-verifiers");
        using var node = Process.Start(
            new ProcessStartInfo("node", [Path.Combine(folder, "receive.mjs"), Secret]) { RedirectStandardOutput = true })!;
        try
        {
            var port = await node.StandardOutput.ReadLineAsync(_ct);
            await using var hub = await WebhookHub.OnLentAsync(databases, TestDatabases.Sqlite, _ct);
            var webhook = (await hub.CreateAsync("/", new { url = $"http://127.0.0.1:{port}/", secret = Secret })).Text("id");
            await hub.Client.PostJsonAsync($"/api/v1/webhooks/{webhook}/rotate-secret", new { });   // theirs is the second signature now
            var published = await hub.PublishAsync(3);

            var seen = new List<string>();
            while (seen.Count < 3)
            {
                var line = JsonSerializer.Deserialize<JsonElement>((await node.StandardOutput.ReadLineAsync(_ct))!);
                var id = line.GetProperty("id").GetString()!;
                Assert.Equal((id, id), (line.GetProperty("standardwebhooks").GetString(), line.GetProperty("svix").GetString()));
                Assert.StartsWith("refused", line.GetProperty("changed").GetString(), StringComparison.Ordinal);
                seen.Add(id);
            }

            Assert.Equal(published, seen.Order(StringComparer.Ordinal));
        }
        finally
        {
            node.Kill();
        }
    }

    /// <summary>Beside this project's sources.</summary>
    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string here = "")
    {
        var compiled = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "webhook-verifiers"));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); !Directory.Exists(compiled)
            && folder is not null; folder = folder.Parent)
            compiled = Path.Combine(folder.FullName, "test", "webhook-verifiers");
        return compiled;
    }
}
