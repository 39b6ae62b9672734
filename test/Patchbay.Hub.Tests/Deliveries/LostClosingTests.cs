using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Hub.Tests.Support;
using Patchbay.Sandbox.Faults;
using Patchbay.Storage;
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
            provider = "till", mode = "sandbox", settings = new { retry = new { first_delay_seconds = 0.05 } },
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
    public async Task After_five_look_ups_in_vain_a_person_is_told_and_may_settle_it_while_the_provider_is_asked_on()
    {
        var payment = await ReservedAsync(_till);
        _drawer.Feels(Mood.TimesOutAfterWork);
        _drawer.FeelsWhenAsked(Mood.ServerError, Mood.ServerError);
        await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/capture", new { });
        var asked = await BecomesAsync(payment, delivery => delivery.GetProperty("attempts").GetArrayLength() == 2);
        var id = asked.GetProperty("id").GetString()!;
        var early = await _shop.Client.PostJsonAsync($"/api/v1/deliveries/{id}/resolve", new { outcome = "failed" });
        await HurryAsync(id, lookUps: 4);

        var told = await BecomesAsync(payment, delivery => delivery.GetProperty("needs_resolution").GetBoolean());
        var resolved = await _shop.Client.PostJsonAsync(
            $"/api/v1/deliveries/{id}/resolve", new { outcome = "succeeded", provider_reference = "slip-9" });

        Assert.Equal((409, "delivery_not_unresolved"), ((int)early.Status, early.Text("code")));
        Assert.Equal(("failed", JsonValueKind.String),
            (told.GetProperty("status").GetString(), told.GetProperty("next_attempt_at").ValueKind));
        Assert.Equal(["alert.raised"], await _shop.EventsAsync(id, _ct));
        Assert.Equal(("delivered", null), (resolved.Text("status"), resolved.Text("next_attempt_at")));
        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "succeeded");
    }

    [Fact]
    public async Task What_a_person_was_told_of_is_settled_by_the_provider_as_soon_as_it_answers()
    {
        var payment = await ReservedAsync(_till);
        _drawer.Feels(Mood.TimesOutAfterWork);
        _drawer.FeelsWhenAsked(Mood.ServerError, Mood.ServerError);
        await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/cancel");
        var asked = await BecomesAsync(payment, delivery => delivery.GetProperty("attempts").GetArrayLength() == 2);
        var id = asked.GetProperty("id").GetString()!;
        await HurryAsync(id, lookUps: 4);
        await BecomesAsync(payment, delivery => delivery.GetProperty("needs_resolution").GetBoolean());

        await HurryAsync(id, lookUps: 5);

        await _shop.BecomesAsync($"/api/v1/payments/{payment}", "canceled");
        Assert.False((await _shop.DeliveredAsync(payment)).GetProperty("needs_resolution").GetBoolean());
    }

    /// <summary>As if so many look-ups had been in vain, and the time for the next had come.</summary>
    private Task HurryAsync(string id, int lookUps) => _shop.Hub.Services.GetRequiredService<Database>().ExecuteAsync(
        "UPDATE deliveries SET look_ups = @lookUps, due_at = @now WHERE tenant_id = @Tenant AND id = @id",
        new { lookUps, now = TimeProvider.System.GetUtcNow(), _shop.Tenant, id = DeliveryId.Parse(id, null) }, _ct);

    private async Task<JsonElement> BecomesAsync(string payment, Func<JsonElement, bool> holds)
    {
        JsonElement delivery = default;
        await Eventually.BecomesAsync(
            async () => holds(delivery = await _shop.DeliveryOfAsync(payment)), TimeSpan.FromSeconds(60), _ct);
        return delivery;
    }

    [Fact]
    public async Task What_was_not_captured_in_all_tries_can_be_captured_again()
    {
        var till = await _shop.AddAsync(new
        {
            provider = "till", mode = "sandbox", name = "Once", settings = new { retry = new { first_delay_seconds = 0.05, tries = 1 } },
            credentials = new { drawer = _drawer.Name, pin = "hush-hush" },
        });
        var payment = await ReservedAsync(till);
        _drawer.Feels(Mood.TimesOutBeforeWork);
        await _shop.Client.PostJsonAsync($"/api/v1/payments/{payment}/capture", new { });
        var delivery = await BecomesAsync(payment, delivery => delivery.GetProperty("status").GetString() == "exhausted");
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
