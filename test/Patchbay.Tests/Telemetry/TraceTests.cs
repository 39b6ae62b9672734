using Microsoft.AspNetCore.Builder;
using Patchbay.TestKit;

namespace Patchbay.Tests.Telemetry;

[Collection(MeasuredApp.OneAtATime)]
public sealed class TraceTests
{
    private const string Secret = "whi_01kanx0fv9e5vbr9b7xw6n4c2m";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_requests_span_has_its_route_and_nothing_of_the_address_as_it_was_called()
    {
        await using var app = await MeasuredApp.StartAsync(
            web => web.MapPost("/api/webhooks/{provider}/{id}", (string provider, string id) => provider + id), _ct);

        using var found = await app.Http.PostAsync(new Uri($"/api/webhooks/stripe/{Secret}?token={Secret}", UriKind.Relative), null, _ct);
        using var missed = await app.Http.GetAsync(new Uri($"/elsewhere/{Secret}", UriKind.Relative), _ct);
        await Eventually.BecomesAsync(() => app.Requests.Count == 2, TimeSpan.FromSeconds(10), _ct);

        var span = app.Requests.Single(request => request.GetTagItem("http.route") is not null);
        Assert.Equal(
            ("POST /api/webhooks/{provider}/{id}", "/api/webhooks/{provider}/{id}"), (span.DisplayName, span.GetTagItem("http.route")));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.Contains("GET (no route)", app.Requests.Select(request => request.DisplayName));
        Assert.All(app.Requests, request => Assert.DoesNotContain(
            Secret, string.Join(' ', request.TagObjects.Select(tag => tag.Value).Append(request.DisplayName).Append(request.OperationName)),
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_calls_span_has_its_host_and_nothing_of_path_and_query()
    {
        await using var app = await MeasuredApp.StartAsync(web => web.MapPost("/hooks/{token}", (string token) => token), _ct);

        using var called = await app.Http.PostAsync(new Uri($"/hooks/{Secret}?sig={Secret}", UriKind.Relative), null, _ct);
        await Eventually.BecomesAsync(() => app.Calls.Any(IsMine), TimeSpan.FromSeconds(10), _ct);

        var span = app.Calls.First(IsMine);
        Assert.Equal($"http://127.0.0.1:{app.Http.BaseAddress!.Port}/***", span.GetTagItem("url.full"));
        Assert.DoesNotContain(
            Secret, string.Join(' ', span.TagObjects.Select(tag => tag.Value).Append(span.DisplayName)), StringComparison.Ordinal);

        bool IsMine(System.Diagnostics.Activity call) => Equals(call.GetTagItem("server.port"), app.Http.BaseAddress!.Port);
    }

    [Fact]
    public async Task A_card_number_that_a_caller_sends_as_its_name_is_blanked_out()
    {
        await using var app = await MeasuredApp.StartAsync(web => web.MapGet("/one", () => "1"), _ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/one");
        request.Headers.TryAddWithoutValidation("user-agent", "till 4111 1111 1111 1111");

        using var answered = await app.Http.SendAsync(request, _ct);
        await Eventually.BecomesAsync(() => Callers().Any(name => name?.StartsWith("till", StringComparison.Ordinal) == true),
            TimeSpan.FromSeconds(10), _ct);

        Assert.Contains("till ***", Callers());   // spans of other tests' applications are among them
        Assert.DoesNotContain("till 4111 1111 1111 1111", Callers());

        IEnumerable<string?> Callers() => app.Requests.Select(span => span.GetTagItem("user_agent.original") as string);
    }

    [Fact]
    public async Task Health_checks_and_scrapes_are_not_traced()
    {
        await using var app = await MeasuredApp.StartAsync(web => web.MapGet("/one", () => "1"), _ct);

        await app.Http.GetStringAsync(new Uri("/healthz", UriKind.Relative), _ct);
        await app.ScrapeAsync(_ct);
        await app.Http.GetStringAsync(new Uri("/one", UriKind.Relative), _ct);
        await Eventually.BecomesAsync(() => app.Requests.Count > 0, TimeSpan.FromSeconds(10), _ct);

        Assert.Equal(["GET /one"], app.Requests.Select(request => request.DisplayName));
    }

    [Fact]
    public async Task A_callers_baggage_is_not_handed_on()
    {
        IReadOnlyList<string> onward = [];
        await using var receiver = await MeasuredApp.StartAsync(
            web => web.MapGet("/receive", (Microsoft.AspNetCore.Http.HttpRequest request) =>
                onward = [.. request.Headers.Select(header => $"{header.Key}: {header.Value}")]), _ct);
        await using var app = await MeasuredApp.StartAsync(web => web.MapGet("/pass", async (CancellationToken token) =>
        {
            System.Diagnostics.Activity.Current = null;   // as the engine does before an attempt
            return await receiver.Http.GetStringAsync(new Uri("/receive", UriKind.Relative), token);
        }), _ct);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/pass") { Headers = { { "baggage", "customer=ann" } } };
        using var passed = await app.Http.SendAsync(request, _ct);

        Assert.True(passed.IsSuccessStatusCode);
        Assert.DoesNotContain(onward, header => header.Contains("customer", StringComparison.Ordinal));
    }
}
