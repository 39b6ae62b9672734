using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions.Fuzz;

public sealed class SqliteFuzzTests(HubDatabases databases) : FuzzTests(databases, TestDatabases.Sqlite);

[Trait("Takes", "long")]
public sealed class PostgreSqlFuzzTests(HubDatabases databases) : FuzzTests(databases, TestDatabases.PostgreSql);

/// <summary>
/// Whatever stands in a request, the hub answers it, and a refusal says what would be right. All cases take minutes, so a usual run tries
/// as many as fit into its time, in an order of its own that a failure tells; <c>./test.sh --long</c> tries them all.
/// </summary>
public abstract class FuzzTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    /// <summary>So many are tried, however long it takes.</summary>
    private const int Least = 200;

    private static readonly TimeSpan Time = TestForm.IsLong ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(5);

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly ConcurrentDictionary<string, string> _faults = new();
    private int _keys;

    [Fact]
    public async Task Nothing_that_can_be_sent_breaks_the_hub_and_every_refusal_says_what_is_right()
    {
        ApiDocument[] documents =
        [
            new((await Shop.Client.GetJsonAsync("/openapi/v1.json")).Body),
            new((await Shop.Client.GetJsonAsync("/openapi/aliases.json")).Body),
        ];
        var ids = await IdsAsync();
        var seed = Environment.TickCount;
        var cases = documents.SelectMany(document => FuzzCases.Of(document, ids)).ToArray();
        new Random(seed).Shuffle(cases);
        Assert.True(cases.Length > 10_000, $"only {cases.Length} cases");

        var began = Stopwatch.GetTimestamp();
        var tried = 0;
        var four = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Token };
        await Parallel.ForEachAsync(cases, four, async (one, cancel) =>
        {
            if (Stopwatch.GetElapsedTime(began) > Time && Volatile.Read(ref tried) > Least)
                return;
            await TryAsync(one, cancel);
            Interlocked.Increment(ref tried);
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{tried} of {cases.Length} cases, seed {seed}");
        Assert.True(tried > Least, $"only {tried} cases");
        Assert.True(_faults.IsEmpty, $"{_faults.Count} kinds, seed {seed}:\n{string.Join('\n', _faults.Values)}");
    }

    private async Task TryAsync(FuzzCase one, CancellationToken cancellationToken)
    {
        var address = new Uri(Shop.Hub.Address.GetLeftPart(UriPartial.Authority) + one.Address, AsItIs);
        using var request = new HttpRequestMessage(new HttpMethod(one.Operation.Method), address);
        request.Headers.Add("Idempotency-Key", $"fuzz-{Interlocked.Increment(ref _keys)}");
        if (one.Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(one.Body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(one.Operation.ContentType!);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            // A stream of events would never end.
            using var response = await Shop.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            if (status >= 500)
                Fault(one, $"answered {status}");
            else if (status >= 400 && response.Content.Headers.ContentType?.MediaType != "application/problem+json")
                Fault(one, $"answered {status} without a problem");
            else if (status >= 400)
            {
                var problem = await JsonSerializer.DeserializeAsync<JsonElement>(
                    await response.Content.ReadAsStreamAsync(limit.Token), cancellationToken: limit.Token);
                foreach (var message in Refusals.Unhelpful(problem))
                    Fault(one, $"says: {message}");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Fault(one, "was not answered");
        }
    }

    private void Fault(FuzzCase one, string what) =>
        _faults.TryAdd($"{one.Operation.Method} {one.Operation.Path} {one.What} {what}", $"{what}: {one}");

    /// <summary>Ids of what there is, by a part of the paths that lead there.</summary>
    private async Task<Dictionary<string, string>> IdsAsync()
    {
        var payment = await Shop.PaidAsync("100.00");
        return new Dictionary<string, string>
        {
            ["/payments/"] = payment,
            ["/deliveries/"] = (await Shop.DeliveryOfAsync(payment)).GetProperty("id").GetString()!,
            ["/integrations/"] = Shop.Plivo,
            ["/routing-rules/"] = (await Shop.Client.GetJsonAsync("/api/v1/routing-rules"))["data"][0].GetProperty("id").GetString()!,
            ["/webhooks/"] = (await Shop.Client.PostJsonAsync(
                "/api/v1/webhooks", new { url = "https://example.com/hooks", events = new[] { "alert.raised" } })).Text("id")!,
            ["/affiliates/leads/"] = (await Shop.Client.PostJsonAsync(
                "/api/v1/affiliates/leads", new { affiliate_id = "portal-7", affiliate_lead_id = "L1" })).Text("id")!,
            ["/affiliates/webhooks/"] = (await Shop.Client.PostJsonAsync(
                "/api/v1/affiliates/webhooks",
                new { affiliate_id = "portal-7", endpoint_url = "https://portal.example/batches" })).Text("id")!,
            ["/jobs/"] = (await Shop.Client.PostJsonAsync("/api/v1/deliveries/retry", new { filter = new { } })).Text("id")!,
        };
    }
}
