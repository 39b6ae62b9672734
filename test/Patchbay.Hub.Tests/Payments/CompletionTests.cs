using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Hub.Tests.Deliveries;
using Patchbay.Hub.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>
/// Payments that the customer only agrees to, at a provider without idempotency keys: charged at most once, and never left open.
/// </summary>
public abstract class CompletionTests(HubDatabases databases, string kind) : IAsyncLifetime
{
    private static int s_told;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly Drawer _drawer = Drawer.New();
    private Shop _shop = null!;
    private string _provider = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenLentAsync(databases, kind, _ct);
        _provider = await _shop.AddAsync(new
        {
            provider = "handshake", mode = "sandbox", settings = new { retry = new { first_delay_seconds = 0.05 } },
            credentials = new { drawer = _drawer.Name, pin = "hush-hush" },
        });
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task However_often_and_by_whomever_it_is_told_it_is_completed_once()
    {
        var payment = await BegunAsync();
        Handshake.Agreed[payment] = true;
        var gate = Close();

        await Task.WhenAll(TellAsync(payment), TellAsync(payment), TellAsync(payment), VerifyAsync(payment), VerifyAsync(payment));
        await Eventually.BecomesAsync(async () => await CompletionsAsync(payment) != "", TimeSpan.FromSeconds(30), _ct);
        await TellAsync(payment);
        gate.SetResult();

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        await TellAsync(payment);
        await VerifyAsync(payment);
        Assert.Equal("delivered", await CompletionsAsync(payment));
        Assert.Equal(1, Charges(payment));
    }

    [Fact]
    public async Task A_customer_may_have_agreed_before_the_answer_to_the_payments_start_is_there()
    {
        var gate = Close();
        var payment = await StartedAsync();
        await Eventually.BecomesAsync(() => _drawer.Calls == 1, TimeSpan.FromSeconds(30), _ct);
        Handshake.Agreed[payment] = true;

        await TellAsync(payment);
        await Eventually.BecomesAsync(async () => await CompletionsAsync(payment) != "", TimeSpan.FromSeconds(30), _ct);
        gate.SetResult();

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal(("delivered", 1), (await CompletionsAsync(payment), Charges(payment)));
    }

    [Fact]
    public async Task After_a_decline_the_payment_is_the_customers_again_and_only_what_they_agree_to_then_counts()
    {
        var payment = await BegunAsync();
        var first = TimeProvider.System.GetUtcNow();
        _drawer.Feels(Mood.Declines);

        await AgreeAsync(payment, first);
        HubReply declined = null!;
        await Eventually.BecomesAsync(
            async () => (declined = await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}"))["last_failure"].ValueKind
                == JsonValueKind.Object,
            TimeSpan.FromSeconds(30), _ct);
        await TellAsync(payment, first);   // the same consent once more
        await VerifyAsync(payment);
        var still = await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}");
        await AgreeAsync(payment, TimeProvider.System.GetUtcNow());

        Assert.Equal(
            ("requires_action", "card_declined", "redirect"),
            (declined.Text("status"), declined.Text("last_failure.code"), declined.Text("next_action.type")));
        Assert.Equal("requires_action", still.Text("status"));
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal("delivered exhausted", await CompletionsAsync(payment));
        Assert.Equal(1, Charges(payment));
        Assert.Single(await _shop.EventsAsync(payment, _ct), "payment.attempt_failed");
    }

    [Fact]
    public async Task A_payment_that_is_being_canceled_is_not_completed()
    {
        var payment = await BegunAsync();
        var gate = Close();
        await CancelAsync(payment);

        await AgreeAsync(payment);
        await SettledAsync(payment);
        gate.SetResult();

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "canceled");
        await TellAsync(payment);
        await VerifyAsync(payment);
        Assert.Equal(("", 0), (await CompletionsAsync(payment), Charges(payment)));
    }

    [Fact]
    public async Task What_could_not_be_canceled_after_all_is_completed()
    {
        var payment = await BegunAsync();
        var gate = Close();
        _drawer.Feels(Mood.Refuses);
        await CancelAsync(payment);
        await AgreeAsync(payment);
        await SettledAsync(payment);

        gate.SetResult();

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal(1, Charges(payment));
    }

    [Fact]
    public async Task A_payment_that_is_being_completed_cannot_be_canceled()
    {
        var payment = await BegunAsync();
        var gate = Close();
        await AgreeAsync(payment);
        await Eventually.BecomesAsync(async () => await CompletionsAsync(payment) != "", TimeSpan.FromSeconds(30), _ct);

        var refused = await CancelAsync(payment);
        gate.SetResult();

        Assert.Equal((409, "payment_closing"), ((int)refused.Status, refused.Text("code")));
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
    }

    [Fact]
    public async Task Canceled_at_the_same_moment_it_is_either_charged_or_canceled()
    {
        var payments = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => BegunAsync()));

        await Task.WhenAll(payments.SelectMany(payment => new Task[] { AgreeAsync(payment), CancelAsync(payment) }));

        foreach (var payment in payments)
        {
            string? status = null;
            await Eventually.BecomesAsync(
                async () => (status = (await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("status"))
                    is "succeeded" or "canceled",
                TimeSpan.FromSeconds(60), _ct);
            Assert.Equal(status == "succeeded" ? 1 : 0, Charges(payment));
            Assert.Equal(status == "canceled" ? 1 : 0, _drawer.Done.Count(done => done == "cancel:" + payment));
        }
    }

    [Theory]
    [InlineData("TimesOutAfterWork", "call look_up")]
    [InlineData("TimesOutBeforeWork", "call look_up call")]
    [InlineData("ServerError", "call look_up call")]
    public async Task A_lost_answer_is_looked_up(string mood, string kinds)
    {
        var payment = await BegunAsync();
        _drawer.Feels(Enum.Parse<Mood>(mood));

        await AgreeAsync(payment);

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal(1, Charges(payment));
        Assert.Equal(kinds, string.Join(' ', (await _shop.DeliveredAsync(payment)).GetProperty("attempts").EnumerateArray()
            .Select(attempt => attempt.GetProperty("kind").GetString())));
    }

    [Fact]
    public async Task What_was_given_up_is_completed_when_the_provider_is_next_asked()
    {
        var payment = await BegunAsync();
        _drawer.Feels(Mood.Refuses);
        await AgreeAsync(payment);
        await Eventually.BecomesAsync(
            async () => await CompletionsAsync(payment) == "exhausted", TimeSpan.FromSeconds(30), _ct);
        var meanwhile = await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}");

        await VerifyAsync(payment);

        Assert.Equal("processing", meanwhile.Text("status"));
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal(1, Charges(payment));
    }

    [Fact]
    public async Task A_reserved_payment_is_completed_to_be_captured_later()
    {
        var payment = await BegunAsync(capture: "manual");
        await AgreeAsync(payment);
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "authorized");
        await Eventually.BecomesAsync(
            async () => await CompletionsAsync(payment) == "delivered", TimeSpan.FromSeconds(30), _ct);

        var captured = await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/capture", new { });

        Assert.Equal(202, (int)captured.Status);
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
    }

    /// <summary>The process has ended after the consent was joined: before the call, or after it, with nothing written down.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_in_between_neither_forgets_nor_repeats_it(bool wasCalled)
    {
        var payment = await BegunAsync();
        await IncidentAsync(new { active = true });   // no call is made meanwhile
        await AgreeAsync(payment);
        await Eventually.BecomesAsync(async () => await CompletionsAsync(payment) != "", TimeSpan.FromSeconds(30), _ct);
        if (wasCalled)
            _drawer.Done.Enqueue(Handshake.Completion(payment));
        await _shop.Hub.Services.GetRequiredService<Database>().ExecuteAsync(
            "UPDATE deliveries SET leased_by = @dead, due_at = NULL, version = version + 1 WHERE tenant_id = @Tenant "
                + "AND capability = 'complete_payment'",
            new { dead = _shop.Hub.Services.GetRequiredService<IdGenerator>().NewGuid(), _shop.Tenant }, _ct);
        await IncidentAsync(new { active = false });

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");

        Assert.Equal(("delivered", 1), (await CompletionsAsync(payment), Charges(payment)));
    }

    private Task<HubReply> IncidentAsync(object active) => _shop.Client.PostJsonAsync($"/api/v1/integrations/{_provider}/incident", active);

    /// <summary>Calls wait until it is opened.</summary>
    private TaskCompletionSource Close()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _drawer.Gate = gate.Task;
        return gate;
    }

    private int Charges(string payment) => _drawer.Done.Count(done => done == Handshake.Completion(payment));

    private async Task<string> StartedAsync(string capture = "automatic") =>
        (await _shop.PayAsync("50.00", new { integration_id = _provider, capture })).Text("id")!;

    private async Task<string> BegunAsync(string capture = "automatic")
    {
        var payment = await StartedAsync(capture);
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "requires_action");
        return payment;
    }

    private Task AgreeAsync(string payment, DateTimeOffset? at = null)
    {
        Handshake.Agreed[payment] = true;
        return TellAsync(payment, at);
    }

    private async Task TellAsync(string payment, DateTimeOffset? at = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_shop.Hub.Address, $"api/webhooks/handshake/{_provider}"))
        {
            Content = JsonContent.Create(
                new { id = $"told {Interlocked.Increment(ref s_told)}", agreed = payment, at = at ?? TimeProvider.System.GetUtcNow() }),
            Headers = { { "X-Pin", "hush-hush" } },
        };
        using var provider = new HttpClient();
        using var answer = await provider.SendAsync(request, _ct);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    private Task<HubReply> VerifyAsync(string payment) =>
        _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/verify", wait: TimeSpan.FromSeconds(10));

    private Task<HubReply> CancelAsync(string payment) => _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/cancel", new { });

    /// <summary>What was told of the payment has been joined.</summary>
    private Task SettledAsync(string payment) => Eventually.BecomesAsync(
        async () => (await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}")).Text("status") == "processing",
        TimeSpan.FromSeconds(30), _ct);

    /// <summary>The statuses of the deliveries that complete it, newest first.</summary>
    private async Task<string> CompletionsAsync(string payment)
    {
        var page = await _shop.Client.GetJsonAsync($"/api/v1/deliveries?subject_id={payment}&capability=complete_payment");
        return string.Join(' ', page["data"].EnumerateArray().Select(delivery => delivery.GetProperty("status").GetString()));
    }
}

public sealed class CompletionTestsOnSqlite(HubDatabases databases) : CompletionTests(databases, TestDatabases.Sqlite);

public sealed class CompletionTestsOnPostgreSql(HubDatabases databases) : CompletionTests(databases, TestDatabases.PostgreSql);
