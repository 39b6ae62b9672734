using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex IsTrace();
}
