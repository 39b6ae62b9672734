using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Network;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Webhooks;

public sealed class WebhookApiTests(HubDatabases databases) : IAsyncLifetime
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await databases.CreateAsync(TestDatabases.Sqlite, _ct);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_rate_limit_of_nothing_is_refused_since_it_would_be_none()
    {
        await using var hub = await WebhookHub.OnLentAsync(databases, TestDatabases.Sqlite, _ct);
        var webhook = await hub.AddAsync("/", new { rate_limit = 5 });

        var changed = await hub.Client.PatchJsonAsync($"/api/v1/webhooks/{webhook}", new { rate_limit = 0 });

        Assert.Equal(422, (int)changed.Status);
        Assert.Equal(
            "must be from 0.01 to 1000, which is as good as none; is_active: false pauses the endpoint",
            changed["errors"].GetProperty("rate_limit")[0].GetString());
        Assert.Equal(5, (await hub.Client.GetJsonAsync($"/api/v1/webhooks/{webhook}"))["rate_limit"].GetDouble());
    }

    [Fact]
    public async Task Wrong_endpoints_are_refused_with_the_fields_named()
    {
        await using var hub = await WebhookHub.StartAsync(_database.Setting, _ct, options =>
            options.Hub = hub => hub.Network.AllowHttpWebhooks = hub.Network.AllowPrivateNetworks = false);
        var reply = await hub.Client.PostJsonAsync("/api/v1/webhooks", new
        {
            url = "http://127.0.0.1/", events = new[] { "nothing.such" }, secret = "short", headers = new { host = "evil" },
            rate_limit = 0, retry = new { schedule = new[] { 5, 10 } }, client_certificate = new { certificate = "no" },
        });

        Assert.Equal(422, (int)reply.Status);
        Assert.Equal(
            ["client_certificate.private_key", "events", "headers.host", "rate_limit", "retry.schedule", "secret", "url"],
            reply["errors"].EnumerateObject().Select(fault => fault.Name).Order(StringComparer.Ordinal));
        var unsendable = await hub.Client.PostJsonAsync("/api/v1/webhooks", new
        {
            url = "https://shop.example/", events = new[] { "payment.*" },
            headers = new Dictionary<string, string> { ["x-a"] = "caf\u00e9", ["x-b"] = "two\nlines", ["x c"] = "1" },
        });
        Assert.Equal(["headers.x c", "headers.x-a", "headers.x-b"], unsendable["errors"].EnumerateObject().Select(fault => fault.Name));
        var missing = await hub.Client.PostJsonAsync("/api/v1/webhooks", new { });
        Assert.Equal(["events", "url"], missing["errors"].EnumerateObject().Select(fault => fault.Name));
    }

    [Fact]
    public async Task A_name_that_has_moved_to_a_private_address_is_not_called_by_tests_nor_deliveries()
    {
        await using var hub = await WebhookHub.StartAsync(_database.Setting, _ct, options =>
        {
            options.Hub = hub => hub.Network.AllowPrivateNetworks = false;
            options.Services = services => services.AddSingleton<ResolveHost>((_, _) => Task.FromResult(new[] { IPAddress.Loopback }));
        });
        var webhook = (await hub.Client.PostJsonAsync(
            "/api/v1/webhooks", new { url = $"http://rebind.example:{hub.Receiver.Address.Port}/", events = new[] { "*" } })).Text("id")!;

        var test = await hub.Client.PostJsonAsync($"/api/v1/webhooks/{webhook}/test", new { });
        await hub.PublishAsync(1);
        await Eventually.BecomesAsync(() => hub.AllAreAsync(webhook, 1, "retrying"), WebhookHub.Soon, _ct);

        Assert.Equal("address_not_allowed", test.Text("attempt.code"));
        Assert.Equal("address_not_allowed", (await hub.DeliveriesAsync(webhook))[0].GetProperty("error_code").GetString());
        Assert.Empty(hub.Receiver.All);
    }

    [Fact]
    public async Task What_is_secret_does_not_come_back()
    {
        await using var hub = await WebhookHub.OnLentAsync(databases, TestDatabases.Sqlite, _ct);
        var created = await hub.CreateAsync(
            "/", new { headers = new { authorization = "Bearer hush-hush" }, secret = "very secret secret" });
        var id = created.Text("id");
        var changed = await hub.Client.PatchJsonAsync($"/api/v1/webhooks/{id}",
            new { headers = new Dictionary<string, string> { ["authorization"] = "••••", ["x-more"] = "1" }, description = "shop" });
        await hub.PublishAsync(1);
        await hub.UntilAsync(() => hub.Receiver.All.Count == 1);

        Assert.Equal("very secret secret", created.Text("secret"));
        Assert.Equal(("Bearer hush-hush", "1"), (hub.Receiver.All[0].Headers["authorization"], hub.Receiver.All[0].Headers["x-more"]));
        foreach (var path in new[] { "", $"/{id}", $"/{id}/deliveries" })
        {
            var reply = await hub.Client.GetJsonAsync("/api/v1/webhooks" + path);
            Assert.DoesNotContain("hush-hush", reply.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("very secret", reply.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal("shop", changed.Text("description"));
        Assert.DoesNotContain(hub.Hub.Log.Lines, line => line.Text.Contains("hush-hush", StringComparison.Ordinal)
            || line.Text.Contains("very secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_endpoint_whose_address_changes_takes_no_secret_header_along()
    {
        await using var hub = await WebhookHub.OnLentAsync(databases, TestDatabases.Sqlite, _ct);
        var id = await hub.AddAsync("/", new { headers = new { authorization = "Bearer hush-hush" } });
        var path = $"/api/v1/webhooks/{id}";
        var masked = new Dictionary<string, string> { ["authorization"] = "••••" };

        var same = await hub.Client.PatchJsonAsync(path, new { url = hub.Receiver.Url("/"), description = "shop" });
        var kept = await hub.Client.PatchJsonAsync(path, new { url = hub.Receiver.Url("/elsewhere"), headers = masked });
        var moved = await hub.Client.PatchJsonAsync(path, new { url = hub.Receiver.Url("/elsewhere") });
        await hub.PublishAsync(1);
        await hub.UntilAsync(() => hub.Receiver.At("/elsewhere").Count == 1);
        var again = await hub.Client.PatchJsonAsync(
            path, new { url = hub.Receiver.Url("/third"), headers = new { authorization = "Bearer another" } });

        Assert.Equal("••••", same["headers"].GetProperty("authorization").GetString());
        Assert.Equal(422, (int)kept.Status);
        Assert.Equal("headers.authorization", kept["errors"].EnumerateObject().Single().Name);
        Assert.Empty(moved["headers"].EnumerateObject());
        Assert.False(hub.Receiver.At("/elsewhere")[0].Headers.ContainsKey("authorization"));
        Assert.Equal("••••", again["headers"].GetProperty("authorization").GetString());
        var attempt = (await hub.DeliveriesAsync(id))[0].GetProperty("attempts")[0].GetProperty("request_excerpt").GetString()!;
        Assert.StartsWith($"POST http://127.0.0.1:{hub.Receiver.Address.Port}/***", attempt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_creation_gets_the_same_endpoint_and_secret()
    {
        await using var hub = await WebhookHub.OnLentAsync(databases, TestDatabases.Sqlite, _ct);
        var body = new { url = hub.Receiver.Url("/"), events = new[] { "*" } };

        var first = await hub.Client.PostJsonAsync("/api/v1/webhooks", body, "key");
        var again = await hub.Client.PostJsonAsync("/api/v1/webhooks", body, "key");

        Assert.Equal((first.Text("id"), first.Text("secret")), (again.Text("id"), again.Text("secret")));
        Assert.Equal(1, (await hub.Client.GetJsonAsync("/api/v1/webhooks"))["data"].GetArrayLength());
    }

    [Fact]
    public async Task Thin_events_and_CloudEvents_have_their_forms()
    {
        await using var hub = await WebhookHub.OnLentAsync(databases, TestDatabases.Sqlite, _ct);
        await hub.AddAsync("/thin", new { payload_mode = "thin" });
        await hub.AddAsync("/cloud", new { content_mode = "cloudevents" });
        await hub.AddAsync("/thin-cloud", new { payload_mode = "thin", content_mode = "cloudevents" });
        var id = (await hub.PublishAsync(1))[0];
        await hub.UntilAsync(() => hub.Receiver.All.Count == 3);

        var thin = hub.Receiver.At("/thin")[0].Json;
        Assert.False(thin.TryGetProperty("data", out _));
        Assert.Equal(id, (await hub.Client.GetJsonAsync(thin.GetProperty("path").GetString()!)).Text("id"));
        var cloud = hub.Receiver.At("/cloud")[0];
        Assert.Equal(("application/cloudevents+json", "1.0", id),
            (cloud.Headers["content-type"], cloud.Json.GetProperty("specversion").GetString(), cloud.Json.GetProperty("id").GetString()));
        Assert.Equal($"/api/v1/events/{id}", hub.Receiver.At("/thin-cloud")[0].Json.GetProperty("dataref").GetString());
    }

    [Fact]
    public async Task The_paths_of_the_source_system_speak_camelCase_and_those_of_providers_still_work()
    {
        await using var hub = await WebhookHub.StartAsync(_database.Setting, _ct);
        var url = hub.Receiver.Url("/");

        var created = await hub.Client.PostJsonAsync(
            "/api/webhooks", $$"""{"url":"{{url}}","events":["payment.*"],"secret":"a secret of their own","isActive":true}""");
        var id = created.Text("id");
        Assert.Equal((201, true, "a secret of their own"), ((int)created.Status, created["isActive"].GetBoolean(), created.Text("secret")));
        Assert.Equal(id, (await hub.Client.GetJsonAsync("/api/webhooks"))["data"][0].GetProperty("id").GetString());
        Assert.Equal("full", (await hub.Client.GetJsonAsync($"/api/webhooks/{id}")).Text("payloadMode"));
        var changed = await hub.Client.PutJsonAsync(
            $"/api/webhooks/{id}", $$"""{"url":"{{url}}","events":["*"],"secret":"a secret of their own","isActive":false}""");
        Assert.False(changed["isActive"].GetBoolean());
        Assert.True((await hub.Client.PostJsonAsync($"/api/webhooks/{id}/test", new { }))["success"].GetBoolean());
        Assert.Equal(0, (await hub.Client.GetJsonAsync($"/api/webhooks/{id}/deliveries"))["data"].GetArrayLength());
        Assert.Equal(200, (int)(await hub.Client.DeleteJsonAsync($"/api/webhooks/{id}")).Status);

        using var provider = hub.Hub.Client(null);
        Assert.Equal(404, (int)(await provider.PostJsonAsync("/api/webhooks/nobody", new { })).Status);
        Assert.Equal(401, (int)(await provider.PostJsonAsync("/api/webhooks/stripe", new { })).Status);
        Assert.Equal(404, (int)(await provider.PostJsonAsync("/api/webhooks/stripe/int_01h455vb4pex5vsknk084sn02q", new { })).Status);
        Assert.Equal(401, (int)(await provider.PostJsonAsync("/api/webhooks", new { })).Status);   // the tenants' own: by key only
    }
}
