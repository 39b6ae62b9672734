using System.Globalization;
using Patchbay.TestKit;

namespace Patchbay.Tests.Docs;

/// <summary>What a reader has after the first command of a page: the hub with the sandbox. One for all pages.</summary>
public sealed class PlayedHub : IAsyncLifetime
{
    /// <summary>The only command that is not run as it stands: the hub runs already, elsewhere.</summary>
    public const string Start = "dotnet run -v m --project src/Patchbay -- serve --sandbox";

    private readonly DataFolder _data = new();
    private readonly PatchbayProcess _process;
    private readonly string _sandbox = $"http://127.0.0.1:{Ports.Free()}";

    public PlayedHub() => _process = PatchbayProcess.Start(
        "serve", "--sandbox", _sandbox, "--urls", "http://127.0.0.1:0", "--data", _data.Path);

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Address = await _process.ReadAddressAsync("Patchbay is up", TestContext.Current.CancellationToken);
        await _process.ReadUntilAsync("The sandbox plays the providers", TestContext.Current.CancellationToken);
        _ = _process.ReadUntilAsync("\n", CancellationToken.None);   // all there is: else it waits once the pipe is full
    }

    /// <summary>Does what the page says, in a folder in which there is what the page counts on, and sees what the page shows.</summary>
    /// <exception cref="LyingPageException">It does not.</exception>
    internal async Task FollowAsync(DocPage page, CancellationToken cancellationToken)
    {
        using var folder = new DataFolder();
        Directory.CreateSymbolicLink(folder.File("data"), _data.Path);
        Directory.CreateSymbolicLink(folder.File("docs"), Path.Combine(Repository.Root, "docs"));
        using var shell = new Shell(folder.Path);
        var receiver = Ports.Free().ToString(CultureInfo.InvariantCulture);
        foreach (var step in page.Steps.Where(step => step.Commands.Split(" #")[0].Trim() != Start))
            await TakeAsync(page, step with { Commands = Here(step.Commands), Output = step.Output is { } shown ? Here(shown) : null });

        string Here(string text) => text.Replace("http://localhost:5000", Address.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5050", _sandbox, StringComparison.Ordinal)
            .Replace("8088", receiver, StringComparison.Ordinal);

        async Task TakeAsync(DocPage page, DocPage.Step step)
        {
            var output = await shell.RunAsync(step.Commands, cancellationToken);
            for (var look = 0; look < 200 && step.OnlyLooks && !step.IsShown(output); look++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
                output = await shell.RunAsync(step.Commands, cancellationToken);
            }

            if (!step.IsShown(output))
                throw new LyingPageException($"{page.Name}:{step.Line} shows\n{step.Output}\nbut there was\n{output}");
        }
    }

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        _data.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A page shows what does not come.</summary>
internal sealed class LyingPageException(string message) : Exception(message);

[CollectionDefinition(nameof(PlayedHub))]
public sealed class PlayedHubCollection : ICollectionFixture<PlayedHub>;
