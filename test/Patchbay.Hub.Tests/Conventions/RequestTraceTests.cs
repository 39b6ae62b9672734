using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions;

/// <summary>Each refusal names the trace of its request, by which the log and the traces tell of it.</summary>
public sealed partial class RequestTraceTests(HubDatabases databases)
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refusal_names_the_trace_of_its_request(bool logs)
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await HubHost.StartAsync(
            database.Setting,
            options => options.Services = services =>
            {
                if (!logs)
                    services.PostConfigure<LoggerFilterOptions>(filter =>
                    {
                        filter.Rules.Clear();
                        filter.MinLevel = LogLevel.None;
                    });
            }, _ct);
        using var owner = hub.Client((await hub.CreateTenantAsync("acme", _ct)).Key);
        using var nobody = hub.Client(null);

        foreach (var (client, method, path, body) in new[]
        {
            (nobody, "GET", "/api/v1/tenant", null), (owner, "GET", "/api/v1/nowhere", null), (owner, "DELETE", "/api/v1/tenant", null),
            (owner, "POST", "/api/v1/payments", "{"), (owner, "POST", "/api/v1/payments", "{}"),
            (owner, "GET", "/api/v1/payments/pay_1", null), (nobody, "POST", "/api/webhooks/stripe", "{}"),
            (owner, "GET", "/api/v1/events?limit=x", null),
        })
        {
            foreach (var (header, value, expected) in new (string, string, string?)[]
            {
                ("traceparent", $"00-{Trace}-b7ad6b7169203331-01", Trace), ("traceparent", $"00-{Trace}-b7ad6b7169203331-00", Trace),
                ("traceparent", "garbage", null), ("traceparent", "00-00000000000000000000000000000000-0000000000000000-01", null),
                ("Request-Id", "|caller.1.", null), ("x-request-id", "1", null),
            })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { header, value } } };
                if (body is not null)
                    request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
                using var answer = await client.SendAsync(request, _ct);
                var text = await answer.Content.ReadAsStringAsync(_ct);
                var told = System.Text.Json.Nodes.JsonNode.Parse(text)!["trace_id"]!.ToString();

                Assert.True(
                    IsTrace().IsMatch(told) && told.Any(digit => digit != '0'), $"{method} {path} with {header}: {value} told {told}");
                if (expected is not null)
                    Assert.Equal(expected, told);
            }
        }
    }

    [Fact]
    public async Task What_fails_is_logged_by_its_route_and_not_by_its_address()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);
        await using var hub = await HubHost.StartAsync(database.Setting, null, _ct);
        using var owner = hub.Client((await hub.CreateTenantAsync("acme", _ct)).Key);
        await database.Database.ExecuteAsync("ALTER TABLE messages RENAME TO messages_gone", new { }, _ct);

        var failed = await owner.GetJsonAsync("/api/v1/messages/msg_01h455vb4pex5vsknk084sn02q");
        var refused = await owner.PostJsonAsync("/api/v1/messages?token=hush-hush", new { });
        await database.Database.ExecuteAsync("ALTER TABLE messages_gone RENAME TO messages", new { }, _ct);

        Assert.Equal((500, 422), ((int)failed.Status, (int)refused.Status));
        Assert.Contains(hub.Log.Lines, line => line.Text == "GET /api/v1/messages/{id} failed unexpectedly");
        Assert.Contains(hub.Log.Lines, line => line.Text == "POST /api/v1/messages/ was refused with 422");
        Assert.DoesNotContain(hub.Log.Lines, line => line.Text.Contains("hush", StringComparison.Ordinal)
            || line.Text.Contains("msg_01h", StringComparison.Ordinal));
    }

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex IsTrace();
}
