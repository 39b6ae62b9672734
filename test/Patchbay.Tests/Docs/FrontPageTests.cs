using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Patchbay.Tests.Docs;

[Collection(nameof(PlayedHub))]
public sealed partial class FrontPageTests(PlayedHub hub)
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task People_are_shown_that_it_is_ready_and_where_everything_is()
    {
        using var http = new HttpClient { BaseAddress = hub.Address };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8");

        using var answer = await http.GetAsync(hub.Address, _ct);
        var page = await answer.Content.ReadAsStringAsync(_ct);
        var statuses = new List<HttpStatusCode>();
        foreach (var link in LinksOf(page))
            statuses.Add((await http.GetAsync(new Uri(link, UriKind.Relative), _ct)).StatusCode);

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Up and ready", page, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat(HttpStatusCode.OK, 6), statuses);
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotMatch("<script|src=|@import|url\\(|ba_test_|ba_live_|ten_", page);
    }

    [Fact]
    public async Task Its_command_makes_a_payment_at_the_address_that_was_asked()
    {
        using var http = new HttpClient();

        var command = WebUtility.HtmlDecode(Command().Match(await http.GetStringAsync(hub.Address, _ct)).Groups[1].Value);

        Assert.Contains($"curl {hub.Address}api/v1/payments ", command, StringComparison.Ordinal);
        await hub.FollowAsync(
            new DocPage("/", $"```sh\n{command}\n```\n\n```text\n...\"status\":\"requires_action\"...\n```\n"), _ct);
    }

    [Fact]
    public async Task Programs_that_ask_for_json_get_the_same_links()
    {
        using var http = new HttpClient();
        var page = await http.GetStringAsync(hub.Address, _ct);
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        var json = JsonNode.Parse(await http.GetStringAsync(hub.Address, _ct))!;

        Assert.Equal((true, "ready"), (json["ready"]!.GetValue<bool>(), json["state"]!.GetValue<string>()));
        Assert.Equal(LinksOf(page).Select(link => "/" + link), json["links"]!.AsObject().Select(link => link.Value!.GetValue<string>()));
    }

    private static IEnumerable<string> LinksOf(string page) => Link().Matches(page).Select(link => link.Groups[1].Value);

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<pre>(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Command();
}
