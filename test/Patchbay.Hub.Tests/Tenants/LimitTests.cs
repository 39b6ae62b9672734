using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Patchbay.Hub.Tests.Inbound;
using Patchbay.Platform.Features;
using Patchbay.Platform.Tenants;
using Patchbay.Server.Composition;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Tenants;

/// <summary>How much a tenant may have: refused clearly, and before anything is done.</summary>
public sealed class LimitTests(HubDatabases databases) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private InboundHub _hub = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(TestDatabases.Sqlite, Token);
        _hub = await InboundHub.StartAsync(_database, settings: hub =>
        {
            var limits = hub.Of<LimitOptions>();
            (limits.Integrations, limits.WebhookEndpoints, limits.RoutingRules, limits.WebhookBodyBytes) = (2, 1, 1, 2_048);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task One_integration_too_many_is_refused_and_a_deleted_one_makes_room()
    {
        var first = await _hub.GivenIntegrationAsync();
        await _hub.GivenIntegrationAsync();

        await RefusedAsync(
            "integrations", new { provider = "postbox", mode = "sandbox", credentials = new { secret = "the-third-one" } },
            "too_many_integrations", "The tenant has 2 integrations and may have 2:");
        await Eventually.BecomesAsync(   // its first check may change it at the same moment
            async () => (int)(await _hub.Api.DeleteJsonAsync($"api/v1/integrations/{first}")).Status == 200,
            TimeSpan.FromSeconds(60), Token);
        await _hub.GivenIntegrationAsync();
    }

    [Fact]
    public async Task One_endpoint_too_many_is_refused()
    {
        var endpoint = new { url = "https://shop.example/hook", events = new[] { "*" } };
        Assert.Equal(201, (int)(await _hub.Api.PostJsonAsync("api/v1/webhooks", endpoint)).Status);

        await RefusedAsync("webhooks", endpoint, "too_many_webhooks", "The tenant has 1 webhook endpoints and may have 1:");
    }

    [Fact]
    public async Task One_rule_too_many_is_refused()
    {
        var rule = new { capability = "send_sms", integration_id = await _hub.GivenIntegrationAsync("twilio", new
        {
            account_sid = "AC" + new string('a', 32), auth_token = new string('b', 32), from_number = "+14155550100",
        }) };
        Assert.Equal(201, (int)(await _hub.Api.PostJsonAsync("api/v1/routing-rules", rule)).Status);

        await RefusedAsync("routing-rules", rule, "too_many_rules", "The tenant has 1 routing rules and may have 1:");
    }

    [Theory]
    [InlineData("integrations", 2, """{"provider":"postbox","mode":"sandbox","credentials":{"secret":"one-of-many"}}""")]
    [InlineData("webhooks", 1, """{"url":"https://shop.example/hook","events":["*"]}""")]
    public async Task Of_many_that_are_made_at_the_same_moment_no_more_are_taken_than_fit(string path, int limit, string body)
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _hub.Api.PostJsonAsync("api/v1/" + path, body)));

        Assert.Equal(limit, replies.Count(reply => (int)reply.Status is 201 or 202));
        Assert.All(
            replies.Where(reply => (int)reply.Status is not (201 or 202)),
            reply => Assert.Contains(reply.Text("code"), new[] { "too_many_" + path, "changed_meanwhile" }));
        Assert.Equal(limit, (await _hub.Api.GetJsonAsync("api/v1/" + path))["data"].GetArrayLength());
    }

    [Fact]
    public async Task Credentials_of_more_than_16_kib_are_refused_new_or_changed()
    {
        var credentials = new { secret = new string('s', 16 * 1024) };
        var created = await _hub.Api.PostJsonAsync("api/v1/integrations", new { provider = "postbox", mode = "sandbox", credentials });
        var changed = await _hub.Api.PatchJsonAsync(
            $"api/v1/integrations/{await _hub.GivenIntegrationAsync()}",
            JsonSerializer.Serialize(new { credentials }));

        Assert.All([created, changed], reply => Assert.Equal(
            (422, "have 16397 bytes; at most 16384 are allowed (Patchbay:Limits:CredentialBytes)"),
            ((int)reply.Status, reply["errors.credentials"][0].GetString())));
    }

    [Fact]
    public async Task A_providers_webhook_may_be_as_long_as_the_settings_say()
    {
        var integration = await _hub.GivenIntegrationAsync();
        using var taken = await _hub.DeliverAsync(integration, InboundHub.Report("evt_1"));
        using var refused = await _hub.DeliverAsync(integration, InboundHub.Report("evt_2") + new string(' ', 2_048));

        Assert.Equal((200, 413), ((int)taken.StatusCode, (int)refused.StatusCode));
    }

    [Theory]
    [InlineData("Integrations", "0")]
    [InlineData("WebhookEndpoints", "501")]
    [InlineData("RoutingRules", "2001")]
    [InlineData("CredentialBytes", "10")]
    [InlineData("WebhookBodyBytes", "1048577")]
    [InlineData("InboxBytesADay", "0")]
    [InlineData("InboxBytes", "-1")]
    public void A_limit_that_cannot_be_kept_is_refused_at_the_start(string name, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new($"Patchbay:Limits:{name}", value)]).Build();

        var refused = Assert.Throws<SettingsException>(() => HubOptions.Read(settings));

        Assert.Contains($"Patchbay:Limits: The field {name} must be between", refused.Message, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(string path, object request, string code, string detail)
    {
        var refused = await _hub.Api.PostJsonAsync("api/v1/" + path, request);

        Assert.Equal((422, code), ((int)refused.Status, refused.Text("code")));
        Assert.StartsWith(detail, refused.Text("detail"), StringComparison.Ordinal);
    }
}
