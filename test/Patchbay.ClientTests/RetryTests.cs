using System.Buffers;
using System.IO.Pipelines;
using Patchbay.Client;
using Patchbay.Client.Models;
using Patchbay.TestKit;

namespace Patchbay.ClientTests;

public sealed class RetryTests
{
    private const string InProgress = """{"code":"idempotency_in_progress","status":409,"detail":"wait"}""";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly ManualTime _time = new();
    private TimeSpan _step = TimeSpan.FromSeconds(0.25);

    [Theory]
    [InlineData(429, "{}")]
    [InlineData(502, "{}")]
    [InlineData(503, "{}")]
    [InlineData(504, "{}")]
    [InlineData(409, InProgress)]
    public async Task What_passes_is_tried_again_with_the_same_key_and_body(int status, string body)
    {
        var fake = new FakeHub(_time, FakeHub.Answers(status, body), FakeHub.Fails(), FakeHub.Answers(202, """{"id":"pay_1"}"""));

        var payment = await PayAsync(fake);

        Assert.Equal("pay_1", payment!.Id);
        Assert.Equal(3, fake.Requests.Count);
        Assert.Equal(32, Assert.Single(fake.Requests.Select(request => request.Key).Distinct())!.Length);
        Assert.Equal("""{"reference":"r"}""", Assert.Single(fake.Requests.Select(request => request.Body).Distinct()));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(500)]
    public async Task What_will_not_pass_is_not_tried_again(int status)
    {
        var fake = new FakeHub(_time, FakeHub.Answers(status, $$"""{"code":"changed_meanwhile","status":{{status}},"detail":"no"}"""));

        var problem = await Assert.ThrowsAsync<Problem>(() => PayAsync(fake));

        Assert.Equal((status, "no"), (problem.Status, problem.Message));
        Assert.Single(fake.Requests);
    }

    [Fact]
    public async Task The_key_of_the_caller_stays_and_each_call_without_has_its_own()
    {
        var fake = new FakeHub(_time, FakeHub.Answers(202));

        await PayAsync(fake, "mine");
        await PayAsync(fake);
        await PayAsync(fake);

        Assert.Equal("mine", fake.Requests[0].Key);
        Assert.Equal(3, fake.Requests.Select(request => request.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_read_has_no_key_and_is_tried_again()
    {
        var fake = new FakeHub(_time, FakeHub.Fails(), FakeHub.Answers(200, """{"id":"pay_1"}"""));

        await FinishedAsync(Client(fake).Api.V1.Payments["pay_1"].GetAsync(cancellationToken: _ct));

        Assert.Equal([null, null], fake.Requests.Select(request => request.Key));
    }

    [Fact]
    public async Task A_change_without_a_key_is_never_tried_again()
    {
        var fake = new FakeHub(_time, FakeHub.Fails());
        using var http = new HttpMessageInvoker(new RetryHandler(_time, () => 0) { InnerHandler = fake });
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://hub.example/api/v1/payments");

        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request, _ct));

        Assert.Single(fake.Requests);
    }

    [Fact]
    public async Task Half_an_answer_is_none_and_a_body_that_can_be_read_once_is_sent_again()
    {
        var fake = new FakeHub(_time, FakeHub.BreaksOff(), FakeHub.Answers(202));
        var pipe = new Pipe();
        pipe.Writer.Write("affiliate_id,country\n"u8);
        await pipe.Writer.CompleteAsync();

        await FinishedAsync(Client(fake).Api.V1.Affiliates.Leads.Import.PostAsync(pipe.Reader.AsStream(), cancellationToken: _ct));

        Assert.Equal(["affiliate_id,country\n", "affiliate_id,country\n"], fake.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task The_waits_are_random_parts_of_twice_as_long_ones_and_end()
    {
        var fake = new FakeHub(_time, FakeHub.Fails());
        var chances = new Queue<double>([0.5, 1, 0, 0.25]);
        using var http = new HttpMessageInvoker(new RetryHandler(_time, chances.Dequeue) { InnerHandler = fake });
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://hub.example/api/v1/payments");

        await Assert.ThrowsAsync<HttpRequestException>(() => FinishedAsync(http.SendAsync(request, _ct)));

        Assert.Equal([0, 0.25, 1.25, 1.25, 2.25], fake.Requests.Select(request => (request.At - ManualTime.Noon).TotalSeconds));
    }

    [Theory]
    [InlineData("20", 20)]
    [InlineData("Sun, 01 Mar 2026 12:00:40 GMT", 40)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    public async Task Retry_after_is_waited_for(string retryAfter, int seconds)
    {
        var fake = new FakeHub(_time, FakeHub.Answers(429, retryAfter: retryAfter), FakeHub.Answers(202));

        await PayAsync(fake);

        Assert.InRange((fake.Requests[1].At - fake.Requests[0].At).TotalSeconds, seconds, seconds + 0.5);
    }

    [Fact]
    public async Task Nobody_waits_for_more_than_a_minute()
    {
        var fake = new FakeHub(_time, FakeHub.Answers(503, """{"code":"storage_full","detail":"later"}""", retryAfter: "61"));

        var problem = await Assert.ThrowsAsync<Problem>(() => PayAsync(fake));

        Assert.Equal("storage_full", problem.Code);
        Assert.Equal(["61"], problem.ResponseHeaders["retry-after"]);
        Assert.Single(fake.Requests);
    }

    [Fact]
    public async Task A_try_without_an_answer_ends_and_another_follows()
    {
        var fake = new FakeHub(_time, FakeHub.NeverAnswers());
        _step = TimeSpan.FromSeconds(15);

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => PayAsync(fake));

        Assert.Equal("hub.example did not answer within 45 seconds.", failure.Message);
        Assert.Equal(RetryHandler.Tries, fake.Requests.Count);
    }

    [Fact]
    public async Task Whoever_cancels_waits_no_longer()
    {
        var fake = new FakeHub(_time, FakeHub.Answers(503, retryAfter: "30"));
        using var cancel = new CancellationTokenSource();

        var call = Client(fake).Api.V1.Payments.GetAsync(cancellationToken: cancel.Token);
        await Eventually.BecomesAsync(() => _time.ArmedTimers == 1, TimeSpan.FromSeconds(30), _ct);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromSeconds(20), _ct));
        Assert.Single(fake.Requests);
    }

    [Fact]
    public async Task What_is_not_the_hubs_answer_is_a_problem_that_says_so()
    {
        var fake = new FakeHub(_time, FakeHub.Answers(502, "<html>", "text/html"));

        var problem = await Assert.ThrowsAsync<Problem>(() => PayAsync(fake));

        Assert.Equal((502, null), (problem.Status, problem.Code));
        Assert.StartsWith("hub.example answered 502, and not as the hub does", problem.Message, StringComparison.Ordinal);
        Assert.Equal(RetryHandler.Tries, fake.Requests.Count);
    }

    private PatchbayClient Client(FakeHub fake) => PatchbayClient.Create(new Uri("http://hub.example/"), "ba_test_x", fake, _time);

    private Task<PaymentView?> PayAsync(FakeHub fake, string? key = null) => FinishedAsync(Client(fake).Api.V1.Payments.PostAsync(
        new() { Reference = "r" }, call =>
        {
            if (key is not null)
                call.Headers.Add("Idempotency-Key", key);
        }, _ct));

    private async Task<T> FinishedAsync<T>(Task<T> call)
    {
        await _time.AdvanceUntilAsync(() => call.IsCompleted, _step, _ct);
        return await call;
    }
}
