using System.Text.Json;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Deliveries;

/// <summary>Captures and cancellations that are answered by nothing but errors: how the payment stands settles them.</summary>
public sealed class LostClosingTests(HubDatabases databases) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly Drawer _drawer = Drawer.New();
    private Shop _shop = null!;
    private string _till = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenLentAsync(databases, TestDatabases.Sqlite, _ct);
        _till = await _shop.AddAsync(new
        {
            provider = "till", mode = "live", settings = new { retry = new { first_delay_seconds = 0.05 } },
            credentials = new { drawer = _drawer.Name, pin = "hush-hush" },
        });
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData("capture", "TimesOutAfterWork", "succeeded", 1, "call look_up")]
    [InlineData("capture", "TimesOutBeforeWork", "succeeded", 2, "call look_up call")]
    [InlineData("capture", "ServerError", "succeeded", 2, "call look_up call")]
    [InlineData("cancel", "TimesOutAfterWork", "canceled", 1, "call look_up")]
    [InlineData("cancel", "ServerError", "canceled", 2, "call look_up call")]
    public async Task Without_a_key_the_provider_is_asked_before_anything_is_repeated(
        string verb, string mood, string status, int calls, string kinds)
    {
        var payment = await ReservedAsync(_till);
        _drawer.Feels(Enum.Parse<Mood>(mood));

        await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/{verb}", new { });

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", status);
        var delivery = await _shop.DeliveredAsync(payment);
        Assert.Equal(kinds, string.Join(' ', delivery.GetProperty("attempts").EnumerateArray()
            .Select(attempt => attempt.GetProperty("kind").GetString())));
        Assert.Equal((1 + calls, 1), (_drawer.Calls, _drawer.Done.Count(done => done == $"{verb}:{payment}")));
        Assert.DoesNotContain("alert.raised", await _shop.EventsAsync(delivery.GetProperty("id").GetString()!, _ct));
    }

    [Fact]
    public async Task A_provider_that_cannot_be_asked_yet_is_asked_again()
    {
        var payment = await ReservedAsync(_till);
        _drawer.Feels(Mood.TimesOutAfterWork);
        _drawer.FeelsWhenAsked(Mood.ServerError);

        await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/capture", new { });

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Equal(2, _drawer.Calls);
    }

    [Fact]
    public async Task What_was_not_captured_in_all_tries_can_be_captured_again()
    {
        var till = await _shop.AddAsync(new
        {
            provider = "till", mode = "live", name = "Once", settings = new { retry = new { first_delay_seconds = 0.05, tries = 1 } },
            credentials = new { drawer = _drawer.Name, pin = "hush-hush" },
        });
        var payment = await ReservedAsync(till);
        _drawer.Feels(Mood.TimesOutBeforeWork);
        await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/capture", new { });
        JsonElement delivery = default;
        await Eventually.BecomesAsync(
            async () => (delivery = await _shop.DeliveryOfAsync(payment)).GetProperty("status").GetString() == "exhausted",
            TimeSpan.FromSeconds(60), _ct);
        var meanwhile = await _shop.Client.GetJsonAsync($"/api/v1/payments/{payment}");

        await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/capture", new { amount = "100.00" });

        Assert.Equal(("attempts_used", "authorized"), (delivery.GetProperty("reason").GetString(), meanwhile.Text("status")));
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
        Assert.Single(_drawer.Done, done => done == $"capture:{payment}");
    }

    /// <summary>An idempotency key remembers the error: calling again with it tells nothing new.</summary>
    [Theory]
    [InlineData("capture", "succeeded")]
    [InlineData("cancel", "canceled")]
    public async Task With_a_key_the_provider_is_asked_when_every_try_was_answered_with_an_error(string verb, string status)
    {
        var stripe = await _shop.Client.PatchJsonAsync(
            $"/api/v1/integrations/{_shop.Stripe}", new { settings = new { retry = new { tries = 2, first_delay_seconds = 0.05 } } });
        Assert.Equal(200, (int)stripe.Status);
        var payment = (await _shop.PayAsync("100.00", new { integration_id = _shop.Stripe, capture = "manual" })).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "authorized");
        _shop.Hub.Sandbox.Faults.Add(new(FaultKind.WebhookNone) { Provider = "stripe" });
        _shop.Hub.Sandbox.Faults.Add(
            new(FaultKind.ServerErrorAfterWork) { Provider = "stripe", Operation = $"payment_intents.{verb}", Count = 1 });

        await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/{verb}", new { });

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", status);
        var delivery = await _shop.DeliveredAsync(payment);
        Assert.Equal(["call", "call", "look_up"], delivery.GetProperty("attempts").EnumerateArray()
            .Select(attempt => attempt.GetProperty("kind").GetString()));
    }

    private async Task<string> ReservedAsync(string integration)
    {
        var payment = (await _shop.PayAsync("100.00", new { integration_id = integration, capture = "manual" })).Text("id")!;
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "authorized");
        return payment;
    }
}
