using System.Diagnostics;
using System.Text.RegularExpressions;
using Patchbay.TestKit;

namespace Patchbay.Tests.Clients;

/// <summary>The client in <c>clients/typescript</c> drives the built hub. Needs Node.js; <c>test.sh</c> builds the client.</summary>
public sealed partial class TypeScriptClientTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "clients", "typescript");

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_lines_of_its_readme_and_all_that_it_offers_work_against_the_sandbox()
    {
        Assert.True(
            File.Exists(Path.Combine(Folder, "test", "out", "program.js")),
            "Run 'npm ci && npm run build' in clients/typescript, as test.sh does.");
        var readme = await File.ReadAllTextAsync(Path.Combine(Folder, "README.md"), _ct);
        var lines = FirstLines().Match(readme).Groups["lines"].Value;
        using var data = new DataFolder();
        using var hub = PatchbayProcess.Start(
            "serve", "--sandbox", "http://127.0.0.1:0", "--urls", "http://127.0.0.1:0", "--data", data.Path);
        var url = Address().Match((await hub.ReadUntilAsync("Patchbay is up", _ct))!).Value;
        await hub.ReadUntilAsync("The sandbox plays the providers", _ct);
        var key = await File.ReadAllTextAsync(data.File("first-test-key"), _ct);

        var first = await NodeAsync(lines.Replace("http://localhost:5000", url, StringComparison.Ordinal), url, key, "--input-type=module", "-");
        var program = await NodeAsync("", url, key, "--test", "test/out/program.js");

        Assert.Equal(5, lines.TrimEnd().Count(letter => letter == '\n') + 1);
        Assert.StartsWith("requires_action: pay at http://127.0.0.1:", first, StringComparison.Ordinal);
        Assert.Matches("# pass [1-9][0-9]*\n# fail 0\n# cancelled 0\n# skipped 0\n", program);
    }

    private async Task<string> NodeAsync(string input, string url, string key, params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
            Environment = { ["PATCHBAY_URL"] = url, ["PATCHBAY_API_KEY"] = key },
        })!;
        try
        {
            await node.StandardInput.WriteAsync(input);
            node.StandardInput.Close();
            var output = await node.StandardOutput.ReadToEndAsync(_ct);
            await node.WaitForExitAsync(_ct);
            Assert.True(node.ExitCode == 0, output);
            return output;
        }
        finally
        {
            if (!node.HasExited)
                node.Kill();
        }
    }

    [GeneratedRegex(@"\A# [^\n]*\n\n```js\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex FirstLines();

    [GeneratedRegex("http://[^/ ]+")]
    private static partial Regex Address();
}
