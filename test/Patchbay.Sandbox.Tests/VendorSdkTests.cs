using System.Diagnostics;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests;

/// <summary>
/// The vendors' own libraries do here what users of the hub meet, by the scripts in <c>test/vendor-sdks</c>. Needs Node.js; <c>test.sh</c>
/// installs the libraries.
/// </summary>
public sealed class VendorSdkTests
{
    private static readonly string Folder = FindFolder(AppContext.BaseDirectory);

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stripe", 9)]
    [InlineData("mollie", 7)]
    [InlineData("adyen", 6)]
    [InlineData("square", 5)]
    [InlineData("razorpay", 7)]
    [InlineData("paypal", 6)]
    [InlineData("twilio", 6)]
    [InlineData("plivo", 4)]
    [InlineData("vonage", 4)]
    public async Task The_vendors_own_library_drives_its_double(string vendor, int tests)
    {
        Assert.True(Directory.Exists(Path.Combine(Folder, "node_modules")), "Run 'npm ci' in test/vendor-sdks, as test.sh does.");
        await using var sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Autopay = false;   // the scripts are the customers
        using var node = Process.Start(new ProcessStartInfo("node", ["--test", vendor + ".mjs"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Folder,
            Environment = { ["SANDBOX"] = sandbox.Server.Address.ToString() },
        })!;
        try
        {
            var output = await node.StandardOutput.ReadToEndAsync(_ct);
            await node.WaitForExitAsync(_ct);
            Assert.True(node.ExitCode == 0, output);
            Assert.Contains($"# pass {tests}\n# fail 0\n# cancelled 0\n# skipped 0\n", output, StringComparison.Ordinal);
        }
        finally
        {
            if (!node.HasExited)
                node.Kill();
        }
    }

    private static string FindFolder(string folder) => File.Exists(Path.Combine(folder, "Patchbay.slnx"))
        ? Path.Combine(folder, "test", "vendor-sdks") : FindFolder(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!);
}
