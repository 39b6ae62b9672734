using System.Net;
using System.Text;
using Patchbay.Platform.Keys;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Access;

public sealed class ApiKeyTests(AccessHub access) : IClassFixture<AccessHub>
{
    private const string Keys = "/api/v1/api-keys";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_key_shows_its_secret_once_and_works()
    {
        var (_, owner) = await access.TenantAsync();

        var created = await owner.PostJsonAsync(
            Keys, new { name = "Shop", permissions = new[] { "read:keys", "write:payments" }, expires_in = "90d" });
        using var client = access.Hub.Client(created.Text("secret"));
        var read = await client.GetJsonAsync($"{Keys}/{created.Text("id")}");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.StartsWith("ba_test_", created.Text("secret"), StringComparison.Ordinal);
        Assert.Equal($"{Keys}/{created.Text("id")}", created.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.False(read.Body.TryGetProperty("secret", out _));
        Assert.Equal("active", read.Text("status"));
        Assert.Equal(access.Time.GetUtcNow().AddDays(90), read["expires_at"].GetDateTimeOffset());
        Assert.Equal(50, read["rate_per_second"].GetDouble());
    }

    [Fact]
    public async Task A_request_that_is_not_valid_is_told_everything_at_once()
    {
        var (_, owner) = await access.TenantAsync();

        var refused = await owner.PostJsonAsync(Keys, """
            {"name":" ","permissions":["read:keys","fly"],"expires_in":"2d","allowed_networks":["10.0.0.0/33","10.1","010.0.0.1","fe80::1%1"],"rate_per_second":0,"burst":0}
            """);
        var past = await owner.PostJsonAsync(Keys, new { name = "x", permissions = new[] { "*" }, expires_at = access.Time.GetUtcNow() });
        var unknown = await owner.PostJsonAsync(Keys, new { name = "x", permissions = new[] { "*" }, admin = true });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(
            ["allowed_networks[0]", "allowed_networks[1]", "allowed_networks[2]", "allowed_networks[3]", "burst", "expires_in", "name",
                "permissions[1]", "rate_per_second"],
            FieldsOf(refused));
        Assert.Equal(["expires_at"], FieldsOf(past));
        Assert.Equal(["admin"], FieldsOf(unknown));
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_told_so()
    {
        var (_, owner) = await access.TenantAsync();
        using var form = new StringContent("""{"name":"x"}""", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await owner.PostAsync(new Uri(Keys, UriKind.Relative), form, _ct);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Networks_are_kept_as_they_are_compared()
    {
        var (_, owner) = await access.TenantAsync();
        var networks = new[] { "203.0.113.7", "2001:db8::1", "::ffff:10.0.0.0/104", "192.0.2.77/24" };
        var created = await owner.PostJsonAsync(Keys, new { name = "x", permissions = new[] { "*" }, allowed_networks = networks });
        Assert.Equal(
            ["203.0.113.7/32", "2001:db8::1/128", "10.0.0.0/8", "192.0.2.0/24"],
            created["allowed_networks"].EnumerateArray().Select(network => network.GetString()));
    }

    [Fact]
    public async Task A_key_is_refused_from_networks_that_are_not_on_its_list()
    {
        var (_, owner) = await access.TenantAsync();
        using var elsewhere = await NewClientAsync(
            owner, new { name = "x", permissions = new[] { "*" }, allowed_networks = new[] { "203.0.113.0/24" } });
        using var here = await NewClientAsync(
            owner, new { name = "x", permissions = new[] { "*" }, allowed_networks = new[] { "203.0.113.0/24", "::ffff:127.0.0.0/104" } });
        Assert.Equal("network_not_allowed", (await elsewhere.GetJsonAsync(Keys)).Text("code"));
        Assert.Equal(HttpStatusCode.OK, (await here.GetJsonAsync(Keys)).Status);
    }

    [Fact]
    public async Task An_expired_key_is_refused()
    {
        var (_, owner) = await access.TenantAsync();
        var created = await owner.PostJsonAsync(
            Keys, new { name = "x", permissions = new[] { "*" }, expires_at = access.Time.GetUtcNow().AddHours(1) });
        using var client = access.Hub.Client(created.Text("secret"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetJsonAsync(Keys)).Status);

        access.Time.StepClock(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetJsonAsync(Keys)).Status);
        Assert.Equal("expired", (await owner.GetJsonAsync($"{Keys}/{created.Text("id")}")).Text("status"));
    }

    [Fact]
    public async Task A_revoked_key_stops_working_at_once()
    {
        var (_, owner) = await access.TenantAsync();
        var created = await owner.PostJsonAsync(Keys, new { name = "x", permissions = new[] { "*" } });
        using var client = access.Hub.Client(created.Text("secret"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetJsonAsync(Keys)).Status);

        var revoked = await owner.PostJsonAsync($"{Keys}/{created.Text("id")}/revoke");
        var refused = await client.GetJsonAsync(Keys);
        var again = await owner.PostJsonAsync($"{Keys}/{created.Text("id")}/revoke");

        Assert.Equal("revoked", revoked.Text("status"));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(1, (await owner.GetJsonAsync("/api/v1/audit?action=key.revoke"))["data"].GetArrayLength());
    }

    [Fact]
    public async Task After_a_rotation_both_keys_work_until_the_overlap_has_passed()
    {
        var (_, owner) = await access.TenantAsync();
        var old = await owner.PostJsonAsync(Keys, new { name = "Shop", permissions = new[] { "read:keys" }, expires_in = "30d" });
        access.Time.StepClock(TimeSpan.FromDays(2));

        var rotated = await owner.PostJsonAsync($"{Keys}/{old.Text("id")}/rotate", new { overlap = 3600 });
        using var before = access.Hub.Client(old.Text("secret"));
        using var after = access.Hub.Client(rotated.Text("secret"));
        var during = (await before.GetJsonAsync(Keys)).Status;
        var retiring = await owner.GetJsonAsync($"{Keys}/{old.Text("id")}");
        access.Time.StepClock(TimeSpan.FromSeconds(3600));

        Assert.Equal(HttpStatusCode.Created, rotated.Status);
        Assert.Equal(("Shop", "active"), (rotated.Text("name"), rotated.Text("status")));
        Assert.Equal(TimeSpan.FromDays(30), rotated["expires_at"].GetDateTimeOffset() - rotated["created_at"].GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.OK, during);
        Assert.Equal(("retiring", rotated.Text("id")), (retiring.Text("status"), retiring.Text("replaced_by")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await before.GetJsonAsync(Keys)).Status);
        Assert.Equal(HttpStatusCode.OK, (await after.GetJsonAsync(Keys)).Status);
        Assert.Equal("key_not_active", (await owner.PostJsonAsync($"{Keys}/{old.Text("id")}/rotate")).Text("code"));
    }

    [Fact]
    public async Task A_rotation_without_overlap_ends_the_old_key_and_one_with_overlap_cannot_be_repeated()
    {
        var (_, owner) = await access.TenantAsync();
        var first = await owner.PostJsonAsync(Keys, new { name = "x", permissions = new[] { "*" } });
        var second = await owner.PostJsonAsync($"{Keys}/{first.Text("id")}/rotate", new { overlap = 0 });
        using var client = access.Hub.Client(first.Text("secret"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetJsonAsync(Keys)).Status);

        var third = await owner.PostJsonAsync($"{Keys}/{second.Text("id")}/rotate");
        Assert.Equal(HttpStatusCode.Created, third.Status);
        Assert.Equal("key_already_rotated", (await owner.PostJsonAsync($"{Keys}/{second.Text("id")}/rotate")).Text("code"));
        Assert.Equal(["overlap"], FieldsOf(await owner.PostJsonAsync($"{Keys}/{third.Text("id")}/rotate", new { overlap = 604_801 })));
    }

    [Fact]
    public async Task Nobody_can_hand_out_more_than_they_have()
    {
        var (_, owner) = await access.TenantAsync();
        var strong = await owner.PostJsonAsync(Keys, new { name = "strong", permissions = new[] { "*" } });
        var weakKey = await owner.PostJsonAsync(Keys, new { name = "weak", permissions = new[] { "write:keys", "read:payments" } });
        using var weak = access.Hub.Client(weakKey.Text("secret"));

        foreach (var permission in new[] { "*", "read:*", "write:payments", "read:audit" })
        {
            var refused = await weak.PostJsonAsync(Keys, new { name = "x", permissions = new[] { permission } });
            Assert.Equal((HttpStatusCode.Forbidden, "permission_exceeded"), (refused.Status, refused.Text("code")));
            var raised = await weak.PatchJsonAsync(
                $"{Keys}/{weakKey.Text("id")}", new { permissions = new[] { "write:keys", permission } });
            Assert.Equal(HttpStatusCode.Forbidden, raised.Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await weak.PostJsonAsync($"{Keys}/{strong.Text("id")}/rotate")).Status);
        Assert.Equal(HttpStatusCode.Created,
            (await weak.PostJsonAsync(Keys, new { name = "x", permissions = new[] { "read:keys", "read:payments" } })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            (await owner.PostJsonAsync(Keys, new { name = "x", permissions = new[] { "platform" } })).Status);
    }

    [Fact]
    public async Task Nobody_can_hand_out_a_wider_network_or_a_longer_life_than_they_have()
    {
        var (_, owner) = await access.TenantAsync();
        var now = access.Time.GetUtcNow();
        string[] wide = ["write:keys", "read:payments"], home = ["127.0.0.0/8", "203.0.113.0/24"];
        var ownKey = await owner.PostJsonAsync(
            Keys, new { name = "own", permissions = wide, allowed_networks = home, expires_at = now.AddDays(10) });
        var strong = await owner.PostJsonAsync(Keys, new { name = "strong", permissions = new[] { "read:keys" } });
        using var narrow = access.Hub.Client(ownKey.Text("secret"));

        foreach (var wish in new object[]
        {
            new { name = "x", permissions = wide }, new { name = "x", permissions = wide, allowed_networks = home },
            new { name = "x", permissions = wide, allowed_networks = home, expires_in = "never" },
            new { name = "x", permissions = wide, allowed_networks = home, expires_at = now.AddDays(11) },
            new { name = "x", permissions = wide, expires_at = now.AddDays(9) },
            new { name = "x", permissions = wide, allowed_networks = new[] { "203.0.113.0/23" }, expires_at = now.AddDays(9) },
            new { name = "x", permissions = wide, allowed_networks = new[] { "203.0.113.7", "::/0" }, expires_at = now.AddDays(9) },
        })
        {
            var refused = await narrow.PostJsonAsync(Keys, wish);
            Assert.Equal((HttpStatusCode.Forbidden, "permission_exceeded"), (refused.Status, refused.Text("code")));
        }

        foreach (var (key, change) in new (HubReply, object)[]
        {
            (ownKey, new { allowed_networks = Array.Empty<string>() }), (ownKey, new { allowed_networks = new[] { "10.0.0.0/8" } }),
            (strong, new { permissions = new[] { "read:keys", "read:payments" } }),   // it may be used from anywhere, for ever
        })
            Assert.Equal("permission_exceeded", (await narrow.PatchJsonAsync($"{Keys}/{key.Text("id")}", change)).Text("code"));
        Assert.Equal("permission_exceeded", (await narrow.PostJsonAsync($"{Keys}/{strong.Text("id")}/rotate")).Text("code"));

        var made = await narrow.PostJsonAsync(
            Keys, new { name = "x", permissions = wide, allowed_networks = new[] { "203.0.113.128/25" }, expires_at = now.AddDays(10) });
        var narrowed = await narrow.PatchJsonAsync($"{Keys}/{strong.Text("id")}", new { allowed_networks = new[] { "10.0.0.0/8" } });
        access.Time.StepClock(TimeSpan.FromDays(5));
        var rotated = await narrow.PostJsonAsync($"{Keys}/{ownKey.Text("id")}/rotate", new { overlap = 3600 });
        var retiring = await narrow.PostJsonAsync(
            Keys, new { name = "x", permissions = wide, allowed_networks = home, expires_at = now.AddDays(9) });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (made.Status, narrowed.Status));
        Assert.Equal((HttpStatusCode.Created, now.AddDays(10)), (rotated.Status, rotated["expires_at"].GetDateTimeOffset()));
        Assert.Equal(HttpStatusCode.Forbidden, retiring.Status);   // it ends in an hour
    }

    [Fact]
    public async Task A_weaker_key_gets_no_replay_of_a_stronger_ones_secret()
    {
        var (_, owner) = await access.TenantAsync();
        using var weak = await NewClientAsync(owner, new { name = "weak", permissions = new[] { "write:keys" } });
        var wish = new { name = "x", permissions = new[] { "*" } };
        Assert.Equal(HttpStatusCode.Created, (await owner.PostJsonAsync(Keys, wish, idempotencyKey: "one")).Status);
        var refused = await weak.PostJsonAsync(Keys, wish, idempotencyKey: "one");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.False(refused.Body.TryGetProperty("secret", out _));
    }

    [Fact]
    public async Task A_test_key_makes_test_keys_only()
    {
        var (_, owner) = await access.TenantAsync();
        using var tester = await NewClientAsync(owner, new { name = "x", permissions = new[] { "*" }, mode = "test" });
        var made = await tester.PostJsonAsync(Keys, new { name = "x", permissions = new[] { "*" } });
        Assert.StartsWith("ba_test_", made.Text("secret"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await tester.PostJsonAsync(Keys, new { name = "x", permissions = new[] { "*" }, mode = "live" })).Status);
    }

    [Fact]
    public async Task A_key_can_be_changed_while_it_works()
    {
        var (_, owner) = await access.TenantAsync();
        var key = await owner.PostJsonAsync(Keys, new { name = "x", permissions = new[] { "read:keys" } });
        using var client = access.Hub.Client(key.Text("secret"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetJsonAsync(Keys)).Status);

        var changed = await owner.PatchJsonAsync(
            $"{Keys}/{key.Text("id")}", new { name = "y", permissions = new[] { "read:audit" }, burst = 7 });
        var refused = await client.GetJsonAsync(Keys);
        await owner.PostJsonAsync($"{Keys}/{key.Text("id")}/revoke");

        Assert.Equal(("y", 7, 50.0), (changed.Text("name"), changed["burst"].GetInt32(), changed["rate_per_second"].GetDouble()));
        Assert.Equal("permission_missing", refused.Text("code"));
        Assert.Equal("key_not_active", (await owner.PatchJsonAsync($"{Keys}/{key.Text("id")}", new { name = "z" })).Text("code"));
    }

    [Fact]
    public async Task Calls_beyond_the_rate_are_told_when_to_come_back()
    {
        var (_, owner) = await access.TenantAsync();
        using var client = await NewClientAsync(owner, new { name = "x", permissions = new[] { "*" }, rate_per_second = 0.5, burst = 2 });

        var first = await client.GetJsonAsync(Keys);
        var second = await client.GetJsonAsync(Keys);
        var third = await client.GetJsonAsync(Keys);

        Assert.Equal("\"default\";q=2;w=4", first.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal("\"default\";r=1;t=2", first.Headers.GetValues("RateLimit").Single());
        Assert.Equal("\"default\";r=0;t=4", second.Headers.GetValues("RateLimit").Single());
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), (third.Status, third.Text("code")));
        Assert.Equal(TimeSpan.FromSeconds(2), third.Headers.RetryAfter!.Delta);
        Assert.True(third.Headers.Contains("RateLimit"));
    }

    [Fact]
    public async Task Another_tenants_keys_do_not_exist()
    {
        var (_, acme) = await access.TenantAsync();
        var (_, other) = await access.TenantAsync();
        var key = $"{Keys}/{(await acme.PostJsonAsync(Keys, new { name = "x", permissions = new[] { "*" } })).Text("id")}";
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetJsonAsync(key)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PatchJsonAsync(key, new { name = "y" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostJsonAsync($"{key}/rotate")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostJsonAsync($"{key}/revoke")).Status);
        Assert.Equal(1, (await other.GetJsonAsync(Keys))["data"].GetArrayLength());
        Assert.Equal("active", (await acme.GetJsonAsync(key)).Text("status"));
    }

    [Fact]
    public async Task Keys_are_listed_newest_first_in_pages()
    {
        var (_, owner) = await access.TenantAsync();
        foreach (var name in new[] { "a", "b", "c" })
            await owner.PostJsonAsync(Keys, new { name, permissions = new[] { "*" } });
        var first = await owner.GetJsonAsync($"{Keys}?limit=2");
        var second = await owner.GetJsonAsync($"{Keys}?limit=2&cursor={first.Text("next_cursor")}");
        Assert.Equal(["c", "b"], Names(first));
        Assert.Equal(["a", "test"], Names(second));
        Assert.False(second["has_more"].GetBoolean());

        static IEnumerable<string?> Names(HubReply page) =>
            page["data"].EnumerateArray().Select(key => key.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_repeated_creation_gives_the_same_secret_which_is_not_stored_in_plain()
    {
        var (tenant, owner) = await access.TenantAsync();
        // The expiry has passed by the time of the repeat: what was once accepted is answered again all the same.
        var wish = new { name = "Shop", permissions = new[] { "*" }, expires_at = access.Time.GetUtcNow().AddMinutes(1) };

        var first = await owner.PostJsonAsync(Keys, wish, idempotencyKey: "again");
        access.Time.StepClock(TimeSpan.FromMinutes(2));
        var repeat = await owner.PostJsonAsync(Keys, wish, idempotencyKey: "again");
        var rows = await access.Database.QueryAsync(
            "SELECT body, sealed FROM idempotency WHERE tenant_id = @tenant", new { tenant },
            row => (Body: row.Bytes("body"), Sealed: row.Flag("sealed")), _ct);

        Assert.Equal(first.Body.GetRawText(), repeat.Body.GetRawText());
        Assert.Equal("true", repeat.Headers.GetValues("Idempotency-Replay").Single());
        Assert.True(Assert.Single(rows).Sealed);
        Assert.DoesNotContain("ba_test_", Encoding.UTF8.GetString(rows[0].Body), StringComparison.Ordinal);
        Assert.Equal(-1, rows[0].Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(first.Text("secret")!)));
        Assert.Equal("idempotency_key_reused",
            (await owner.PostJsonAsync(Keys, new { name = "Other", permissions = new[] { "*" } }, idempotencyKey: "again")).Text("code"));
    }

    [Fact]
    public async Task The_source_systems_path_takes_and_gives_camel_case_errors_included()
    {
        var (_, owner) = await access.TenantAsync();
        var created = await owner.PostJsonAsync(
            "/api/api-keys", """{"name":"Shop","permissions":["read:keys"]}""", idempotencyKey: "alias");
        var repeat = await owner.PostJsonAsync("/api/api-keys", """{"name":"Shop","permissions":["read:keys"]}""", idempotencyKey: "alias");
        var refused = await owner.PostJsonAsync("/api/api-keys", """{"name":"Shop","permissions":["*"],"allowedNetworks":["x"]}""");
        var snake = await owner.PostJsonAsync("/api/api-keys", """{"name":"Shop","permissions":["*"],"allowed_networks":[]}""");
        using var stranger = access.Hub.Client(null);

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(50, created["ratePerSecond"].GetDouble());
        Assert.Equal(created.Body.GetRawText(), repeat.Body.GetRawText());
        Assert.Equal(["allowedNetworks[0]"], FieldsOf(refused));
        Assert.True(refused.Body.TryGetProperty("traceId", out _));
        Assert.Equal(["allowed_networks"], FieldsOf(snake));
        Assert.True((await stranger.PostJsonAsync("/api/api-keys", "{}")).Body.TryGetProperty("traceId", out _));
    }

    [Fact]
    public async Task Keys_can_be_made_and_ended_without_a_caller()
    {
        var (tenant, owner) = await access.TenantAsync();
        var created = await access.Keys.CreateAsync(tenant, new CreateApiKeyRequest("cli", ["read:keys"], ExpiresIn: "1y"), _ct);
        using var client = access.Hub.Client(created.Value.Secret);
        Assert.Equal(HttpStatusCode.OK, (await client.GetJsonAsync(Keys)).Status);
        Assert.Contains(created.Value.Key.Id, (await access.Keys.ListAsync(tenant, _ct)).Select(key => key.Id));

        var revoked = await access.Keys.RevokeAsync(tenant, created.Value.Key.Id, _ct);

        Assert.NotNull(revoked.Value.RevokedAt);
        Assert.Equal("cli", (await owner.GetJsonAsync("/api/v1/audit?action=key.revoke"))["data"][0].GetProperty("actor").GetString());
        Assert.Equal(404, (await access.Keys.CreateAsync(default, new CreateApiKeyRequest("x", ["*"]), _ct)).Error!.Status);
        Assert.Equal(404, (await access.Keys.RevokeAsync(tenant, default, _ct)).Error!.Status);
    }

    private static IEnumerable<string> FieldsOf(HubReply refused) => refused["errors"].EnumerateObject().Select(field => field.Name);

    private async Task<HttpClient> NewClientAsync(HttpClient owner, object wish) =>
        access.Hub.Client((await owner.PostJsonAsync(Keys, wish)).Text("secret"));
}
