using System.Net.Sockets;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests;

/// <summary>What is known when no proper answer came, the same for everything that every connector can be asked.</summary>
public sealed class NetworkFailureTests
{
    private static readonly string[] Bodies = ["", "<html>welcome</html>", "{}", "[]", "null", "{\"id\":"];

    private FakeProvider? _broke;
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Calls => Rows(_ => true);

    public static TheoryData<string, string, string> ActsAndBodies => [.. Rows(method => method.Acts)
        .SelectMany(row => Bodies, (row, body) => new TheoryDataRow<string, string, string>(row.Data.Item1, row.Data.Item2, body))];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_refused_connection_proves_that_nothing_happened(string provider, string call)
    {
        var refused = new HttpRequestException(
            HttpRequestError.ConnectionError, "Connection refused", new SocketException((int)SocketError.ConnectionRefused));

        var failure = await FailAsync(provider, call, fake => fake.Breaks(refused));

        Assert.Equal((FailureOutcome.Transient, true, "connect_failed"), (failure.Outcome, failure.NothingHappened, failure.Code));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_timeout_leaves_it_open_what_happened(string provider, string call)
    {
        var failure = await FailAsync(provider, call, fake => fake.NeverAnswers(), TimeSpan.FromMilliseconds(30));

        AssertOpen(call, failure, "timeout");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_dropped_connection_leaves_it_open_what_happened(string provider, string call)
    {
        var failure = await FailAsync(provider, call, fake => fake.Breaks(new IOException("The connection was reset.")));

        AssertOpen(call, failure, "connection_lost");
    }

    [Theory]
    [MemberData(nameof(ActsAndBodies))]
    public async Task A_success_that_cannot_be_read_leaves_it_open_what_happened(string provider, string call, string body)
    {
        var failure = await FailAsync(provider, call, fake => fake.Answers(body));

        AssertOpen(call, failure, "unreadable_answer");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task No_failure_repeats_a_secret(string provider, string call)
    {
        var failure = await FailAsync(provider, call, fake => fake.Answers("<html>no</html>", 500));

        Assert.All(ProviderUnderTest.Named(provider).Connect().Secrets.Values, secret =>
            Assert.DoesNotContain(secret.Reveal(), failure.ToString(), StringComparison.Ordinal));
    }

    /// <summary>What broke off while it was only reading, before it acts, has done nothing, and can simply be repeated.</summary>
    private void AssertOpen(string call, ProviderFailure failure, string code)
    {
        var wasReading = ContractMethod.Named(call).Acts && _broke!.Requests[^1].Method == HttpMethod.Get;
        Assert.Equal(
            (wasReading ? FailureOutcome.Transient : FailureOutcome.Unknown, wasReading, code),
            (failure.Outcome, failure.NothingHappened, failure.Code));
    }

    private static TheoryData<string, string> Rows(Func<ContractMethod, bool> which) => [.. ProviderUnderTest.Called.SelectMany(provider =>
        ContractMethod.All.Where(method => which(method) && provider.Has(method.Contract) && (method.Acts || Asks(provider, method)))
            .Select(method => new TheoryDataRow<string, string>(provider.Name, method.Word)))];

    /// <summary>Of what only reads, a provider may have nothing to be asked.</summary>
    private static bool Asks(ProviderUnderTest provider, ContractMethod method) => Good(provider.Name, method.Word).Any();

    private static IEnumerable<JsonObject> Good(string provider, string call) => Recording.Of(provider).Calls.Where(
        row => row["call"]!.ToString() == call && row.ContainsKey("gives") && Recording.Asks(row).Any());

    /// <summary>The first good call that is recorded; the last that is asked in it, which is the one that counts, fails.</summary>
    private async Task<ProviderFailure> FailAsync(string name, string call, Action<FakeProvider> fail, TimeSpan? timeout = null)
    {
        var provider = ProviderUnderTest.Named(name);
        var recorded = Good(name, call).First();
        var fake = _broke = new FakeProvider();
        foreach (var asked in Recording.Asks(recorded).SkipLast(1))
            fake.Answers(asked);
        fail(fake);
        var connection = provider.Connect(
            recorded["mode"]?.ToString() == "live" ? IntegrationMode.Live : IntegrationMode.Sandbox, recorded["credentials"] as JsonObject);
        return (await ContractMethod.Named(call).CallAsync(
            provider, fake.Http(timeout), connection, recorded["with"] as JsonObject, _ct)).Error!;
    }
}
