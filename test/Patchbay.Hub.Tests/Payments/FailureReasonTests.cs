using System.Text.Json;
using Patchbay.Hub.Tests.Deliveries;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>Why something failed, in words that are the same for all providers.</summary>
public abstract class FailureReasonTests(HubDatabases databases, string kind) : ShopTests(databases, kind)
{
    [Fact]
    public async Task A_try_that_was_declined_says_why_in_the_payment_and_in_its_event()
    {
        var id = (await Shop.PayAsync("100.02")).Text("id")!;
        JsonElement told = default;

        await Eventually.BecomesAsync(
            async () => (await Shop.Client.GetJsonAsync($"/api/v1/events?subject={id}&type=payment.attempt_failed"))["data"]
                .EnumerateArray().Any(one => (told = one).ValueKind == JsonValueKind.Object),
            TimeSpan.FromSeconds(60), Token);

        var declined = await Shop.Client.GetJsonAsync($"/api/v1/payments/{id}");
        Assert.Equal(("card_declined", "generic_decline"), (declined.Text("last_failure.reason"), declined.Text("last_failure.code")));
        Assert.Equal("card_declined", told.GetProperty("data").GetProperty("last_failure").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_payment_that_was_refused_says_why()
    {
        var id = (await Shop.PayAsync("100.95")).Text("id")!;

        var failed = await Shop.BecomesAsync($"/api/v1/payments/{id}", "failed");

        Assert.Equal(("insufficient_funds", "insufficient_funds"), (failed.Text("failure_reason"), failed.Text("failure_code")));
    }

    [Fact]
    public async Task A_code_that_nobody_knows_is_kept_shown_as_it_is_and_counted()
    {
        var drawer = Drawer.New();
        var till = await Shop.AddAsync(
            new { provider = "till", mode = "sandbox", settings = new { }, credentials = new { drawer = drawer.Name, pin = "hush-hush" } });
        using var counted = new Counted(Shop.Hub.Services, "patchbay.provider.unmapped_codes");
        drawer.Feels(Mood.RefusesOddly, Mood.Refuses);

        var odd = (await Shop.PayAsync("20.00", new { integration_id = till })).Text("id")!;
        var failed = await Shop.BecomesAsync($"/api/v1/payments/{odd}", "failed");
        var plain = (await Shop.PayAsync("20.00", new { integration_id = till })).Text("id")!;
        var refused = await Shop.BecomesAsync($"/api/v1/payments/{plain}", "failed");

        Assert.Equal(
            ("other", "E-777", "The bird is away."),
            (failed.Text("failure_reason"), failed.Text("failure_code"), failed.Text("failure_message")));
        Assert.Equal(("invalid_request", "no"), (refused.Text("failure_reason"), refused.Text("failure_code")));
        var delivery = await Shop.DeliveryOfAsync(plain);
        Assert.Equal(
            ("invalid_request", "no"), (delivery.GetProperty("error_reason").GetString(), delivery.GetProperty("error_code").GetString()));
        Assert.Equal([new("provider", "till")], Assert.Single(counted.Labels));
    }
}

public sealed class SqliteFailureReasonTests(HubDatabases databases) : FailureReasonTests(databases, TestDatabases.Sqlite);

public sealed class PostgreSqlFailureReasonTests(HubDatabases databases) : FailureReasonTests(databases, TestDatabases.PostgreSql);
