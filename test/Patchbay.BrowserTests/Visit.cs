using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Patchbay.BrowserTests;

/// <summary>
/// A payer with a browser of their own. When they go, the browser must have had nothing to complain of (a policy that was violated is such
/// a complaint), and must have asked nobody but the hub and the sandbox.
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    /// <summary>In milliseconds; other tests take the processor meanwhile.</summary>
    private const int Patience = 60_000;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private readonly PayHub _shop;

    private Visit(PayHub shop, IBrowserContext context, IPage page) => (_shop, _context, Page) = (shop, context, page);

    public IPage Page { get; }

    /// <param name="also">A host that may be asked, too; null for none.</param>
    public static async Task<Visit> BeginAsync(
        PayHub shop, int width = 1280, string? language = null, bool scripts = true, string? also = null)
    {
        var context = await shop.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = language ?? "en", JavaScriptEnabled = scripts, ViewportSize = new() { Width = width, Height = 800 },
        });
        context.SetDefaultTimeout(Patience);
        var visit = new Visit(shop, context, await context.NewPageAsync());
        string[] known = [shop.Hub.Address.Authority, shop.Hub.Sandbox.Address.Authority, also ?? ""];
        context.Request += (_, request) =>
        {
            if (!known.Contains(new Uri(request.Url).Authority))
                visit._complaints.Enqueue("A stranger was asked: " + request.Url);
        };
        visit.Page.Console += (_, message) =>
        {
            // A page that comes with a refusal's status is no fault; something that is missing in a page would be.
            if (message.Type is "error" or "warning" && !IsPage(message))
                visit._complaints.Enqueue($"{message.Type}: {message.Text} at {message.Location}");
        };
        visit.Page.PageError += (_, error) => visit._complaints.Enqueue(error);
        return visit;
    }

    public Task OpenAsync(string url) => Page.GotoAsync(url);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task SeesAsync(string text) =>
        Assertions.Expect(Page.Locator("body")).ToContainTextAsync(text, new() { Timeout = Patience });

    /// <summary>
    /// The sandbox's page is there. Asked again and again: what waits for the event misses a navigation that is over when it begins to wait.
    /// </summary>
    public Task ReachesTheCashierAsync() => Assertions.Expect(Page).ToHaveURLAsync(
        new Regex("^" + Regex.Escape(_shop.Hub.Sandbox.Address.GetLeftPart(UriPartial.Authority))), new() { Timeout = Patience });

    /// <summary>The payer does on the sandbox's page what its button says.</summary>
    public async Task AtTheCashierAsync(string button = "Pay")
    {
        await ReachesTheCashierAsync();
        await Button(button).ClickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.True(_complaints.IsEmpty, string.Join('\n', _complaints));
    }

    private static bool IsPage(IConsoleMessage message) =>
        message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
        && message.Location.Contains("/pay/", StringComparison.Ordinal);
}
