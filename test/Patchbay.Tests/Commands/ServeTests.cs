using System.Net.Http.Headers;
using Patchbay.TestKit;

namespace Patchbay.Tests.Commands;

public sealed class ServeTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_verb_it_serves_says_where_and_leaves_the_first_key_in_a_file()
    {
        using var data = new DataFolder();
        using var hub = PatchbayProcess.Start("--urls", "http://127.0.0.1:0", "--data", data.Path);
        using var http = new HttpClient { BaseAddress = await hub.ReadAddressAsync("Patchbay is up", _ct) };
        await hub.ReadUntilAsync("First run", _ct);

        var secret = await File.ReadAllTextAsync(data.File("first-api-key"), _ct);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        var tenant = await http.GetStringAsync("api/v1/tenant", _ct);
        var metrics = await http.GetStringAsync("metrics", _ct);
        var page = await http.GetStringAsync("", _ct);
        var ended = await hub.StopAsync(_ct);

        Assert.Contains("\"default\"", tenant, StringComparison.Ordinal);
        Assert.Contains($"curl {http.BaseAddress}api/v1/integrations ", page, StringComparison.Ordinal);
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
        using var link = new DataFolder();
        File.CreateSymbolicLink(link.File("patchbay.db"), data.File("patchbay.db"));
        File.Copy(data.File("master.key"), link.File("master.key"));
        var linked = await PatchbayProcess.RunAsync(_ct, "serve", "--urls", "http://127.0.0.1:0", "--data", link.Path);
        var demo = await PatchbayProcess.RunAsync(_ct, "demo", "--exit", "--data", data.Path);
        var keys = await Verbs.RunAsync(_ct, "keys", "list", "--tenant", "default", "--data", data.Path);
        await hub.StopAsync(_ct);
        using var next = PatchbayProcess.Start("serve", "--urls", "http://127.0.0.1:0", "--data", data.Path);
        await next.ReadUntilAsync("Patchbay is up", _ct);

        Assert.Equal(1, linked.ExitCode);
        Assert.StartsWith("Another hub serves", linked.Errors, StringComparison.Ordinal);
        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith($"Another hub serves {data.File("patchbay.db")}", second.Errors, StringComparison.Ordinal);
        Assert.Equal(1, demo.ExitCode);
        Assert.Contains("needs a database of its own", demo.Errors, StringComparison.Ordinal);
        Assert.Equal(0, keys.ExitCode);
    }

    [Fact]
    public async Task With_the_sandbox_a_payment_of_ones_own_is_paid_on_its_page()
    {
        using var data = new DataFolder();
        using var hub = PatchbayProcess.Start(
            "serve", "--sandbox", "http://127.0.0.1:0", "--urls", "http://127.0.0.1:0", "--data", data.Path);
        using var http = new HttpClient { BaseAddress = await hub.ReadAddressAsync("Patchbay is up", _ct) };
        await hub.ReadUntilAsync("The sandbox plays the providers", _ct);
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(data.File("first-test-key"), _ct));

        var sms = await http.PostJsonAsync("api/v1/messages", new { channel = "sms", to = "+14155550123", body = "Hello" });
        var payment = await http.PostJsonAsync(
            "api/v1/payments", new { amount = "49.90", currency = "EUR", reference = "order-1001", return_url = "https://shop.example/" },
            "order-1001", TimeSpan.FromSeconds(20));

        Assert.Equal(202, (int)sms.Status);
        Assert.Equal("requires_action", payment.Text("status"));
        var page = payment.Text("next_action.url")!;
        Assert.Contains("49.90", await http.GetStringAsync(new Uri(page), _ct), StringComparison.Ordinal);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent([]);
        using var paid = await browser.PostAsync(new Uri(page), form, _ct);
        await Eventually.BecomesAsync(
            async () => (await http.GetJsonAsync($"api/v1/payments/{payment.Text("id")}")).Text("status") == "succeeded",
            TimeSpan.FromSeconds(30), _ct);
        Assert.Equal(["message.queued"], (await http.GetJsonAsync($"api/v1/events?subject={sms.Text("id")}&type=message.queued"))["data"]
            .EnumerateArray().Select(told => told.GetProperty("type").GetString()));
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
        var up = (await hub.ReadUntilAsync("Patchbay is up", _ct))!;
        using var http = new HttpClient { BaseAddress = PatchbayProcess.AddressIn(up) };
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
        if (format == "json")
            Assert.Equal("Information", System.Text.Json.Nodes.JsonNode.Parse(up)!["LogLevel"]!.ToString());
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
        var address = await first.ReadAddressAsync("listens on", _ct);

        var second = await PatchbayProcess.RunAsync(_ct, "--urls", address.ToString(), "--data", data.Path);

        Assert.Equal(2, second.ExitCode);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            "address already in use. Stop what listens there, or choose another address with --urls.\n", second.Errors,
            StringComparison.Ordinal);
    }
}
