using Patchbay.TestKit;

namespace Patchbay.BrowserTests;

public sealed class LookTests(PayHub shop)
{
    private const string Fits = "document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth";

    private const string SmallButtons =
        "[...document.querySelectorAll('button,.button,input')].filter(one => one.getBoundingClientRect().height < 44).length";

    /// <summary>The page's title, and what it says beside names and sums.</summary>
    private const string Words = """
        () => {
          const all = [document.title.split(' – ')[0]];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode())
            if (!walk.currentNode.parentElement.closest('bdi,script,style') && /\p{L}/u.test(walk.currentNode.textContent))
              all.push(walk.currentNode.textContent.trim());
          return all;
        }
        """;

    /// <summary>By how far the merchant's name stands from either edge of what is shown.</summary>
    private const string Margins = """
        () => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector('h1'));
          const [text, main] = [range.getBoundingClientRect(), document.querySelector('main').getBoundingClientRect()];
          return [text.left - main.left, main.right - text.right];
        }
        """;

    [Theory]
    [InlineData(320)]
    [InlineData(380)]
    [InlineData(1280)]
    public async Task The_page_fits_any_screen(int width)
    {
        var link = await shop.LinkAsync(new
        {
            amount_min = "1000.00", amount_max = "99999999.99", currency = "EUR", reference = $"wide-{width}", usage = "multiple",
            methods = new[] { "stripe", "mollie", "bank_transfer" },
            description = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, 2026",
        });
        await using var visit = await Visit.BeginAsync(shop, width);
        await visit.OpenAsync(link.Text("url")!);
        await AssertFitsAsync("choice");
        await visit.Page.GetByLabel("Amount").FillAsync("12345678.90");
        await visit.Button("Pay with Bank transfer").ClickAsync();
        await visit.SeesAsync("DE89370400440532013000");
        await AssertFitsAsync("instructions");
        Assert.Equal("32px", await visit.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.sum')).fontSize"));
        await visit.Button("I have paid").ClickAsync();
        await visit.SeesAsync("One moment");
        await AssertFitsAsync("waiting");

        async Task AssertFitsAsync(string name)
        {
            Assert.True(await visit.Page.EvaluateAsync<bool>(Fits), name);
            Assert.Equal(0, await visit.Page.EvaluateAsync<int>(SmallButtons));
        }
    }

    [Fact]
    public async Task Each_language_has_words_of_its_own_and_its_direction()
    {
        var link = await shop.LinkAsync(new
        {
            amount_min = "5.00", amount_max = "50.00", currency = "EUR", reference = "spoken", usage = "multiple",
            methods = new[] { "stripe", "bank_transfer" },
        });
        var gone = await shop.LinkAsync(new { amount = "5.00", currency = "EUR", reference = "spoken" });
        await shop.Client.PostJsonAsync($"/api/v1/payment-links/{gone.Text("id")}/cancel");
        var english = await ReadAsync("en", "ltr");

        Assert.NotEmpty(english);
        foreach (var language in new[] { "de", "es", "fr", "pt", "ar", "he" })
        {
            var words = await ReadAsync(language, language is "ar" or "he" ? "rtl" : "ltr");
            Assert.Empty(words.Intersect(english, StringComparer.Ordinal));
        }

        async Task<List<string>> ReadAsync(string language, string direction)
        {
            await using var visit = await Visit.BeginAsync(shop, 380, language);
            var words = new List<string>();
            await visit.OpenAsync(gone.Text("url")!);
            words.AddRange(await visit.Page.EvaluateAsync<string[]>(Words));
            await visit.OpenAsync(link.Text("url")!);
            await visit.Page.Locator("input").FillAsync("1");
            await visit.Page.Locator("button").First.ClickAsync();
            await visit.Page.Locator("[role=alert]").WaitForAsync();
            words.AddRange(await visit.Page.EvaluateAsync<string[]>(Words));
            await visit.Page.Locator("input").FillAsync("6");
            await visit.Page.Locator("button").Last.ClickAsync();
            await visit.SeesAsync("DE89370400440532013000");
            words.AddRange(await visit.Page.EvaluateAsync<string[]>(Words));
            var root = await visit.Page.EvaluateAsync<string[]>("[document.documentElement.lang, document.documentElement.dir]");
            var margins = await visit.Page.EvaluateAsync<double[]>(Margins);
            Assert.Equal([language, direction], root);
            Assert.Equal(direction == "rtl", margins[1] < margins[0]);
            Assert.True(await visit.Page.EvaluateAsync<bool>(Fits));
            return words;
        }
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough_and_everything_has_a_name()
    {
        var link = await shop.LinkAsync(new
        {
            amount_min = "5.00", amount_max = "50.00", currency = "EUR", reference = "keys", methods = new[] { "stripe" },
        });
        await using var visit = await Visit.BeginAsync(shop);
        await visit.OpenAsync(link.Text("url")!);
        var keys = visit.Page.Keyboard;

        Assert.Equal(1, await visit.Page.Locator("h1").CountAsync());
        Assert.True(await visit.Page.EvaluateAsync<bool>("[...document.querySelectorAll('input')].every(one => one.labels.length > 0)"));
        await keys.PressAsync("Tab");
        await AssertFocusAsync("INPUT");
        await keys.TypeAsync("6");
        await keys.PressAsync("Tab");
        await AssertFocusAsync("BUTTON");
        await keys.PressAsync("Enter");
        await visit.ReachesTheCashierAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await visit.SeesAsync("Your payment has arrived");
        await visit.OpenAsync(new Uri(shop.Hub.Address, "pay/AAAAAAAAAAAAAAAAAAAAAA").AbsoluteUri);

        Assert.Equal(1, await visit.Page.Locator("h1").CountAsync());

        async Task AssertFocusAsync(string name) => Assert.Equal(
            $"{name} solid 3px", await visit.Page.EvaluateAsync<string>(
                "(({tagName}, {outlineStyle, outlineWidth}) => `${tagName} ${outlineStyle} ${outlineWidth}`)"
                + "(document.activeElement, getComputedStyle(document.activeElement))"));
    }

    [Fact]
    public async Task The_code_of_a_link_is_an_image_that_a_page_can_show()
    {
        var link = await shop.LinkAsync(new { amount = "5.00", currency = "EUR", reference = "code" });
        await using var visit = await Visit.BeginAsync(shop);
        await visit.OpenAsync(link.Text("url")!);

        foreach (var name in new[] { "qr_svg_url", "qr_png_url" })
        {
            Assert.True(await visit.Page.EvaluateAsync<bool>(
                "url => new Promise(done => { const image = new Image(); image.onload = () => done(image.naturalWidth > 0); "
                + "image.onerror = () => done(false); image.src = url; })", link.Text(name)));
        }
    }
}
