using System.Net.Http.Headers;

namespace Patchbay.Tests.Commands;

public sealed class ServeTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_verb_it_serves_says_where_and_leaves_the_first_key_in_a_file()
    {
        using var data = new DataFolder();
        using var hub = PatchbayProcess.Start("--urls", "http://127.0.0.1:0", "--data", data.Path);
        using var http = new HttpClient { BaseAddress = new Uri(Address(await hub.ReadUntilAsync("Patchbay is up", _ct))) };
        await hub.ReadUntilAsync("First run", _ct);

        var secret = await File.ReadAllTextAsync(data.File("first-api-key"), _ct);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        var tenant = await http.GetStringAsync("api/v1/tenant", _ct);
        var metrics = await http.GetStringAsync("metrics", _ct);
        var ended = await hub.StopAsync(_ct);

        Assert.Contains("\"default\"", tenant, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count{", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("ten_", metrics, StringComparison.Ordinal);
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("Stopping", ended.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data.File("first-api-key")));
    }

    [Fact]
    public async Task A_file_that_a_hub_serves_is_refused_to_a_second_one_and_to_the_demo()
    {
        using var data = new DataFolder();
        using var hub = PatchbayProcess.Start("serve", "--urls", "http://127.0.0.1:0", "--data", data.Path);
        await hub.ReadUntilAsync("First run", _ct);

        var second = await PatchbayProcess.RunAsync(_ct, "serve", "--urls", "http://127.0.0.1:0", "--data", data.Path);
        var demo = await PatchbayProcess.RunAsync(_ct, "demo", "--exit", "--data", data.Path);
        var keys = await PatchbayProcess.RunAsync(_ct, "keys", "list", "--tenant", "default", "--data", data.Path);
        await hub.StopAsync(_ct);
        using var next = PatchbayProcess.Start("serve", "--urls", "http://127.0.0.1:0", "--data", data.Path);
        await next.ReadUntilAsync("Patchbay is up", _ct);

        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith($"Another hub serves {data.File("patchbay.db")}", second.Errors, StringComparison.Ordinal);
        Assert.Equal(1, demo.ExitCode);
        Assert.Contains("needs a database of its own", demo.Errors, StringComparison.Ordinal);
        Assert.Equal(0, keys.ExitCode);
    }

    [Fact]
    public async Task Logs_are_json_by_setting()
    {
        using var data = new DataFolder();
        using var hub = PatchbayProcess.Start(
            "serve", "--urls", "http://127.0.0.1:0", "--data", data.Path, "--Logging:Console:FormatterName=json");

        var line = await hub.ReadUntilAsync("Patchbay is up", _ct);

        Assert.Equal("Information", System.Text.Json.Nodes.JsonNode.Parse(line!)!["LogLevel"]!.ToString());
    }

    [Theory]
    [InlineData("json")]
    [InlineData("simple")]
    public async Task Every_line_of_a_request_names_its_trace_and_no_card_number(string format)
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var data = new DataFolder();
        using var hub = PatchbayProcess.Start(
            "serve", "--urls", "http://127.0.0.1:0", "--data", data.Path, "--Logging:Console:FormatterName=" + format,
            "--Logging:LogLevel:Microsoft.AspNetCore=Debug", "--Logging:LogLevel:Patchbay=Debug");
        using var http = new HttpClient { BaseAddress = new Uri(Address(await hub.ReadUntilAsync("Patchbay is up", _ct))) };
        await hub.ReadUntilAsync("First run", _ct);   // the last line of the start
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/payments?pan=4111+1111+1111+1111&token=hush-hush")
        {
            Headers = { { "traceparent", $"00-{Trace}-b7ad6b7169203331-01" } },
        };

        using var refused = await http.SendAsync(request, _ct);
        var lines = new List<string>();
        while (lines.Count == 0 || !lines[^1].Contains("Request finished", StringComparison.Ordinal))
            lines.Add((await hub.ReadUntilAsync("", _ct))!);

        var ofRequest = lines.SkipWhile(line => !line.Contains("Request starting", StringComparison.Ordinal)).ToList();
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains(ofRequest, line => line.Contains("refused", StringComparison.Ordinal));
        foreach (var line in ofRequest)
        {
            Assert.Contains(format == "json" ? $"\"trace_id\":\"{Trace}\"" : $"trace_id={Trace}", line, StringComparison.Ordinal);
            Assert.DoesNotContain("1111", line, StringComparison.Ordinal);
            Assert.DoesNotContain("hush-hush", line, StringComparison.Ordinal);
            if (format == "json")
                Assert.NotNull(System.Text.Json.Nodes.JsonNode.Parse(line)!["Message"]);
        }
    }

    [Fact]
    public async Task A_taken_address_ends_with_two_and_says_what_to_do()
    {
        using var data = new DataFolder();
        using var first = PatchbayProcess.Start("sandbox", "--urls", "http://127.0.0.1:0");
        var address = Address(await first.ReadUntilAsync("listens on", _ct));

        var second = await PatchbayProcess.RunAsync(_ct, "--urls", address, "--data", data.Path);

        Assert.Equal(2, second.ExitCode);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            "address already in use. Stop what listens there, or choose another address with --urls.\n", second.Errors,
            StringComparison.Ordinal);
    }

    /// <summary>The first address that a line names, as far as its port.</summary>
    private static string Address(string? line)
    {
        var start = line!.IndexOf("http://", StringComparison.Ordinal);
        return new Uri(line[start..].Split([' ', ','])[0].TrimEnd('.')).GetLeftPart(UriPartial.Authority) + "/";
    }
}
