using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Hub.Tests.Conventions.Fuzz;
using Patchbay.Hub.Tests.Support;
using Patchbay.Storage;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions;

public sealed class BadInputTests(HubDatabases databases) : ShopTests(databases, TestDatabases.Sqlite)
{
    private const string Payment = """{"amount":"10.00","currency":"EUR","reference":"r"}""";

    private int _told;

    /// <summary>The server refuses it while it reads the request's first line: nothing of the hub sees it.</summary>
    [Theory]
    [InlineData("/api/v1/payments/%00")]
    [InlineData("/%00")]
    public async Task An_address_with_a_NUL_in_it_is_a_bare_400(string path)
    {
        using var reply = await Shop.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((400, 0L), ((int)reply.StatusCode, reply.Content.Headers.ContentLength));
        Assert.True(reply.Headers.ConnectionClose);
        Assert.Null(reply.Content.Headers.ContentType);
        Assert.Equal(200, (int)(await Shop.Client.GetJsonAsync("/api/v1/payments")).Status);
    }

    [Theory]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":""", 400, "malformed_json", null)]
    [InlineData("null", 400, "malformed_json", null)]
    [InlineData("[]", 422, "validation_failed", "body")]
    [InlineData("""{"amount":"10.00","amount":"1.00","currency":"EUR","reference":"r"}""", 400, "malformed_json", null)]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","metadata":{"a":"1","a":"2"}}""", 400, "malformed_json", null)]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r\u0000"}""", 422, "validation_failed", "reference")]
    [InlineData(
        """{"amount":"10.00","currency":"EUR","reference":"r","customer":{"id":"\u0000"}}""", 422, "validation_failed", "customer.id")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"\ud83d"}""", 422, "validation_failed", "reference")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","metadata":{"\u0000":"x"}}""", 422, "validation_failed", "metadata")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","expires_at":"2999-01-01T00:00:00"}""", 422, "validation_failed",
        "expires_at")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","expires_at":"2999-01-01"}""", 422, "validation_failed",
        "expires_at")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","colour":"red"}""", 422, "validation_failed", "colour")]
    [InlineData(
        """{"amount":"10.00","currency":"EUR","reference":"r","customer":{"shoe":42}}""", 422, "validation_failed", "customer.shoe")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":7}""", 422, "validation_failed", "reference")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","capture":"later"}""", 422, "validation_failed", "capture")]
    [InlineData("""{"amount":"10.00","currency":"XXQ","reference":"r"}""", 422, "validation_failed", "currency")]
    [InlineData("""{"amount":"-1.00","currency":"EUR","reference":"r"}""", 422, "validation_failed", "amount")]
    [InlineData("""{"amount":"0","currency":"EUR","reference":"r"}""", 422, "validation_failed", "amount")]
    [InlineData("""{"amount":"1.005","currency":"EUR","reference":"r"}""", 422, "validation_failed", "amount")]
    [InlineData("""{"amount":"1.5","currency":"JPY","reference":"r"}""", 422, "validation_failed", "amount")]
    [InlineData("""{"amount":"1e3","currency":"EUR","reference":"r"}""", 422, "validation_failed", "amount")]
    [InlineData("""{"amount":"99999999999999999999","currency":"EUR","reference":"r"}""", 422, "validation_failed", "amount")]
    [InlineData("""{"amount":true,"currency":"EUR","reference":"r"}""", 422, "validation_failed", "amount")]
    [InlineData("""{"currency":"EUR","reference":"r"}""", 422, "validation_failed", "amount")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":""}""", 422, "validation_failed", "reference")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","return_url":"javascript:alert(1)"}""", 422, "validation_failed",
        "return_url")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","country":"Germany"}""", 422, "validation_failed", "country")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","expires_at":"yesterday"}""", 422, "validation_failed", "expires_at")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","expires_at":"2001-01-01T00:00:00Z"}""", 422, "validation_failed",
        "expires_at")]
    [InlineData(
        """{"amount":"10.00","currency":"EUR","reference":"r","integration_id":"nonsense"}""", 422, "validation_failed", "integration_id")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","integration_id":"int_01h455vb4pex5vsknk084sn02q"}""", 422,
        "validation_failed", "integration_id")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","metadata":{"a":1}}""", 422, "validation_failed", "metadata.a")]
    [InlineData("""{"amount":"99.000000000000000000000000001","currency":"EUR","reference":"r"}""", 422, "validation_failed", "amount")]
    [InlineData("""{"amount":99.000000000000000000000000001,"currency":"EUR","reference":"r"}""", 422, "validation_failed", "amount")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","country":"ZZ"}""", 422, "validation_failed", "country")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","capture":"automatic, manual"}""", 422, "validation_failed",
        "capture")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","customer":{"email":"Ann <a@b.example>"}}""", 422,
        "validation_failed", "customer.email")]
    [InlineData("""{"amount":"10.00","currency":"EUR","reference":"r","customer":{"email":"\"Ann\" a@b.example"}}""", 422,
        "validation_failed", "customer.email")]
    public async Task A_wrong_payment_is_refused_with_the_field_named_and_changes_nothing(
        string body, int status, string code, string? field)
    {
        var reply = await Shop.Client.PostJsonAsync("/api/v1/payments", body, "key");

        Assert.True((int)reply.Status == status, reply.ToString());
        Assert.Equal(code, reply.Text("code"));
        if (field is not null)
            Assert.Contains(field, reply["errors"].EnumerateObject().Select(fault => fault.Name));
        Assert.NotEmpty(reply.Text("trace_id")!);
        Assert.Equal(0, await CountAsync("payments"));
    }

    [Theory]
    [InlineData("""{"channel":"sms","to":"4155550123","body":"x"}""", "to")]
    [InlineData("""{"channel":"sms","to":"+0155550123","body":"x"}""", "to")]
    [InlineData("""{"channel":"sms","to":"+14155550123"}""", "body")]
    [InlineData("""{"channel":"pigeon","to":"+14155550123","body":"x"}""", "channel")]
    [InlineData("""{"channel":"sms","to":"+14155550123","template":{"name":"t"}}""", "template")]
    [InlineData("""{"channel":"whatsapp","to":"+14155550123","body":"x","template":{"name":"t"}}""", "body")]
    [InlineData("""{"channel":"sms","to":"+14155550123","body":"x","priority":"urgent"}""", "priority")]
    [InlineData("""{"channel":"sms","to":"+14155550123","body":"x","country":"ZZ"}""", "country")]
    public async Task A_wrong_message_is_refused_with_the_field_named_and_changes_nothing(string body, string field)
    {
        var reply = await Shop.Client.PostJsonAsync("/api/v1/messages", body);

        Assert.True((int)reply.Status == 422, reply.ToString());
        Assert.Contains(field, reply["errors"].EnumerateObject().Select(fault => fault.Name));
        Assert.Equal(0, await CountAsync("messages"));
    }

    [Fact]
    public async Task A_body_over_one_mebibyte_is_refused_whether_or_not_it_says_its_length()
    {
        var body = $$"""{"channel":"sms","to":"+14155550123","body":"{{new string('x', 1024 * 1024)}}"}""";
        var said = await Shop.Client.PostJsonAsync("/api/v1/messages", body);
        Assert.Equal(413, (int)said.Status);

        using var chunked = new HttpRequestMessage(
            HttpMethod.Post, "/api/v1/messages") { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body))) };
        chunked.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        chunked.Headers.TransferEncodingChunked = true;
        using var reply = await Shop.Client.SendAsync(chunked, Token);
        Assert.Equal(413, (int)reply.StatusCode);
        Assert.Equal(0, await CountAsync("messages"));
    }

    [Theory]
    [InlineData("POST", "/api/v1/payments", """{"capture":"later"}""", "capture", "must be one of automatic, manual")]
    [InlineData("POST", "/api/v1/payments", """{"reference":7}""", "reference", "must be a text")]
    [InlineData("POST", "/api/v1/payments", """{"metadata":7}""", "metadata", "must be an object of names and values")]
    [InlineData("POST", "/api/v1/payments", "[]", "body", "must be an object")]
    [InlineData("POST", "/api/v1/webhooks", """{"events":"payment.*"}""", "events", "must be a list, of which each must be a text")]
    [InlineData("POST", "/api/v1/webhooks", """{"events":[null]}""", "events[0]", "must not be null")]
    [InlineData("POST", "/api/webhooks", """{"events":["payment.*",null]}""", "events[1]", "must not be null")]
    [InlineData("POST", "/api/webhooks", """{"isActive":"yes"}""", "isActive", "must be true or false")]
    [InlineData("POST", "/api/v1/routing-rules", """{"priority":9223372036854775808}""", "priority",
        "must be a whole number, at most 2147483647")]
    [InlineData("POST", "/api/v1/routing-rules", """{"split":[null]}""", "split[0]", "must not be null")]
    [InlineData("POST", "/api/v1/integrations/providers/stripe/incident", """{"active":true,"release_per_second":"5"}""",
        "release_per_second", "must be a number")]
    [InlineData("GET", "/api/v1/payments?cursor=______________________", null, "cursor",
        "is not a cursor of this API; take next_cursor from the page before")]
    [InlineData("GET", "/api/v1/webhooks?cursor=AAAAAAAAAAAAAAAAAAAAAB", null, "cursor",
        "is not a cursor of this API; take next_cursor from the page before")]
    public async Task A_field_that_is_of_another_form_is_told_the_right_one(
        string method, string path, string? body, string field, string message)
    {
        var reply = await Shop.Client.SendJsonAsync(new HttpMethod(method), path, body, "k");

        Assert.Equal((422, "validation_failed"), ((int)reply.Status, reply.Text("code")));
        Assert.True(reply["errors"].TryGetProperty(field, out var messages), reply.ToString());
        Assert.Equal(message, messages[0].GetString());
    }

    [Theory]
    [InlineData("""{"provider":"twilio","mode":"sandbox","credentials":{"a":"1","a":"2"}}""")]
    [InlineData("""{"provider":"twilio","mode":"sandbox","settings":{"retry":{"tries":1,"tries":2}}}""")]
    public async Task A_field_that_is_there_twice_is_refused_also_where_anything_may_stand(string body)
    {
        var reply = await Shop.Client.PostJsonAsync("/api/v1/integrations", body);

        Assert.Equal((400, "malformed_json"), ((int)reply.Status, reply.Text("code")));
    }

    [Fact]
    public async Task A_body_nested_too_deep_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 40)) + "1" + new string('}', 40);

        var reply = await Shop.Client.PostJsonAsync(
            "/api/v1/integrations", $$"""{"provider":"stripe","mode":"sandbox","credentials":{{deep}}}""");

        Assert.Equal(400, (int)reply.Status);
        Assert.Equal("too_deep", reply.Text("code"));
    }

    [Fact]
    public async Task All_that_is_wrong_with_an_amount_and_its_currency_is_told_at_once()
    {
        foreach (var path in new[] { "/api/v1/payments", "/api/v1/affiliates/deposits" })
        {
            var both = await Shop.Client.PostJsonAsync(path, """{"amount":"-1","currency":"XXQ","reference":"r"}""", "k1");
            var none = await Shop.Client.PostJsonAsync(path, """{"reference":"r"}""", "k2");

            Assert.Equal("must be above zero", both["errors"].GetProperty("amount")[0].GetString());
            Assert.Equal("is not an ISO 4217 code", both["errors"].GetProperty("currency")[0].GetString());
            Assert.Equal("is required", none["errors"].GetProperty("amount")[0].GetString());
            Assert.Equal("is required", none["errors"].GetProperty("currency")[0].GetString());
        }
    }

    [Fact]
    public async Task Null_is_told_as_what_is_missing()
    {
        foreach (var operation in (await DocumentAsync()).Operations)
        {
            var good = GoodBodies.For(operation);
            foreach (var place in ApiDocument.PlacesIn(good).Where(place => place[^1] is string))
            {
                var (without, with, field) = (good.DeepClone(), good.DeepClone(), string.Join('.', place));
                At(without, place.SkipLast(1))!.AsObject().Remove((string)place[^1]);
                Put(with, place, null);
                if (await ToldAsync(operation, without, field) is { } missing)
                    Assert.Equal((operation.Path, field, missing), (operation.Path, field, await ToldAsync(operation, with, field)));
            }
        }
    }

    [Fact]
    public async Task A_number_where_a_text_belongs_is_told_what_belongs_there()
    {
        var told = 0;
        var document = await DocumentAsync();
        foreach (var operation in document.Operations.Where(operation => operation.Body is not null))
        {
            var sample = document.Sample(operation.Body!.Value);
            foreach (var place in ApiDocument.PlacesIn(sample).Where(place => At(sample, place) is JsonValue value
                && value.GetValueKind() == JsonValueKind.String))
            {
                var body = sample!.DeepClone();
                Put(body, place, 7);
                var field = string.Concat(place.Select(step => step is int i ? $"[{i}]" : "." + step)).TrimStart('.');
                if (await ToldAsync(operation, body, field) is not { } message)
                    continue;
                told++;
                Assert.True(
                    message.StartsWith("must ", StringComparison.Ordinal) || message.Contains("did you mean", StringComparison.Ordinal)
                        || message.Contains("; there are ", StringComparison.Ordinal),
                    $"{operation.Method} {operation.Path}: {field} {message}");
            }
        }

        Assert.True(told > 20, $"only {told} were told");
    }

    [Fact]
    public async Task Who_has_no_key_is_told_so_before_anything_else_is_looked_at()
    {
        using var nobody = Shop.Hub.Client(key: null);
        foreach (var operation in (await DocumentAsync()).Operations)
        {
            var path = operation.PathNames.Aggregate(
                operation.Path, (address, name) => address.Replace($"{{{name}}}", "x", StringComparison.Ordinal));
            if (path.StartsWith("/api/webhooks/", StringComparison.Ordinal) && operation.PathNames.Contains("provider"))
                continue;   // signed
            using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path + "?colour=red");
            if (operation.Method != "GET")
                request.Content = new StringContent("<no-json/>", Encoding.UTF8, "text/xml");
            using var reply = await nobody.SendAsync(request, Token);
            Assert.True((int)reply.StatusCode == 401, $"{operation.Method} {path}: {(int)reply.StatusCode}");
        }
    }

    private async Task<ApiDocument> DocumentAsync() => new((await Shop.Client.GetJsonAsync("/openapi/v1.json")).Body);

    /// <summary>What is said about a field; null when nothing is.</summary>
    private async Task<string?> ToldAsync(ApiOperation operation, JsonNode? body, string field)
    {
        var path = operation.PathNames.Aggregate(
            operation.Path, (address, name) => address.Replace($"{{{name}}}", "x", StringComparison.Ordinal));
        var reply = await Shop.Client.SendJsonAsync(new HttpMethod(operation.Method), path, body?.ToJsonString(), $"told {_told++}");
        return (int)reply.Status == 422 && reply.Body.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out var told)
            ? told[0].GetString() : null;
    }

    private static JsonNode? At(JsonNode? node, IEnumerable<object> place) =>
        place.Aggregate(node, (at, step) => step is int i ? at![i] : at![(string)step]);

    private static void Put(JsonNode? node, IReadOnlyList<object> place, JsonNode? value)
    {
        var parent = At(node, place.SkipLast(1))!;
        if (place[^1] is int i)
            parent[i] = value;
        else
            parent[(string)place[^1]] = value;
    }

    /// <summary>A payment with headers as no client library writes them.</summary>
    private async Task<string> RawAsync(string headers)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", Shop.Hub.Address.Port, Token);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes($"POST /api/v1/payments HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + $"Authorization: {Shop.Client.DefaultRequestHeaders.Authorization}\r\n{headers}\r\nContent-Length: "
                + $"{Payment.Length}\r\n\r\n"
                + Payment),
            Token);
        return await new StreamReader(stream).ReadToEndAsync(Token);
    }

    [Theory]
    [InlineData("2026-03-01t12:00:00z")]
    [InlineData("2026-03-01T12:00:00.123456789%2B05:30")]
    public async Task A_moment_is_taken_as_RFC_3339_writes_it(string moment) =>
        Assert.Equal(200, (int)(await Shop.Client.GetJsonAsync($"/api/v1/deliveries?created_after={moment}")).Status);

    [Fact]
    public async Task Money_needs_an_idempotency_key_and_a_sensible_one()
    {
        var without = await Shop.Client.PostJsonAsync("/api/v1/payments", Payment);
        Assert.Equal((400, "idempotency_key_required"), ((int)without.Status, without.Text("code")));
        Assert.Contains(
            "idempotency_key_invalid", await RawAsync("Idempotency-Key: one\r\nIdempotency-Key: two"), StringComparison.Ordinal);
        var tooLong = await Shop.Client.PostJsonAsync("/api/v1/payments", Payment, new string('k', 256));
        Assert.Equal((400, "idempotency_key_invalid"), ((int)tooLong.Status, tooLong.Text("code")));
        Assert.Equal(0, await CountAsync("payments"));
    }

    [Fact]
    public async Task A_refusal_leaves_the_key_free_and_what_was_accepted_keeps_it()
    {
        await Shop.Client.PostJsonAsync($"/api/v1/integrations/{Shop.Stripe}/disable");
        var invalid = await Shop.Client.PostJsonAsync("/api/v1/payments", """{"amount":"0","currency":"EUR","reference":"r"}""", "k");
        var nobody = await Shop.Client.PostJsonAsync("/api/v1/payments", Payment, "k");
        await Shop.Client.PostJsonAsync($"/api/v1/integrations/{Shop.Stripe}/activate");
        var accepted = await Shop.Client.PostJsonAsync("/api/v1/payments", Payment, "k");
        await Shop.Client.PostJsonAsync($"/api/v1/integrations/{Shop.Stripe}/disable");
        var again = await Shop.Client.PostJsonAsync("/api/v1/payments", Payment, "k");
        var another = await Shop.Client.PostJsonAsync("/api/v1/payments", """{"amount":"0","currency":"EUR","reference":"r"}""", "k");

        Assert.Equal(
            [(422, "validation_failed"), (422, "no_active_provider"), (202, null), (202, null), (422, "idempotency_key_reused")],
            new[] { invalid, nobody, accepted, again, another }.Select(reply => ((int)reply.Status, Code(reply))));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replay").Single());
        Assert.Equal(accepted.Body.ToString(), again.Body.ToString());
        Assert.Equal(1, await CountAsync("payments"));

        static string? Code(HubReply reply) => (int)reply.Status >= 400 ? reply.Text("code") : null;
    }

    [Fact]
    public async Task Without_a_provider_nothing_is_queued()
    {
        using var other = Shop.Hub.Client((await Shop.Hub.CreateTenantAsync("Empty", Token)).Key);
        var reply = await other.PostJsonAsync("/api/v1/payments", Payment, "k");
        Assert.Equal((422, "no_active_provider"), ((int)reply.Status, reply.Text("code")));

        await Shop.Client.PostJsonAsync($"/api/v1/integrations/{Shop.Stripe}/disable", new { });
        var inactive = await Shop.Client.PostJsonAsync("/api/v1/payments", Payment, "k");
        Assert.Equal((422, "no_active_provider"), ((int)inactive.Status, inactive.Text("code")));
        Assert.Equal(0, await CountAsync("payments"));
    }

    [Fact]
    public async Task Rules_with_unknown_words_are_refused()
    {
        var capability = await Shop.Client.PostJsonAsync(
            "/api/v1/routing-rules", new { capability = "send_pigeon", priority = 1, integration_id = Shop.Twilio });
        Assert.Equal(422, (int)capability.Status);
        var condition = await Shop.Client.PostJsonAsync("/api/v1/routing-rules", new
        {
            capability = "send_sms", priority = 1, integration_id = Shop.Twilio,
            conditions = new[] { new { field = "weather", @operator = "eq", value = "rain" } },
        });
        Assert.Equal(422, (int)condition.Status);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/api/v1/payments/nonsense", 404)]
    [InlineData("GET", "/api/v1/payments/msg_01h455vb4pex5vsknk084sn02q", 404)]
    [InlineData("DELETE", "/api/v1/payments", 405)]
    [InlineData("GET", "/api/v1/payments?limit=0", 422)]
    [InlineData("GET", "/api/v1/payments?limit=201", 422)]
    [InlineData("GET", "/api/v1/payments?cursor=abc", 422)]
    [InlineData("GET", "/api/v1/payments?status=paid", 422)]
    [InlineData("GET", "/api/v1/payments?created_after=yesterday", 422)]
    [InlineData("GET", "/api/v1/payments?created_after=2026-03-01", 422)]
    [InlineData("GET", "/api/v1/payments?created_before=2026-03-01T12:00:00", 422)]
    [InlineData("GET", "/api/v1/deliveries?created_after=2026-03-01T12:00:00", 422)]
    [InlineData("GET", "/api/v1/deliveries?subject_id=abc", 422)]
    public async Task Wrong_addresses_and_parameters_answer_with_a_problem(string method, string path, int status)
    {
        var reply = await Shop.Client.SendJsonAsync(new HttpMethod(method), path);

        Assert.True((int)reply.Status == status, reply.ToString());
        Assert.Equal(status, reply["status"].GetInt32());
    }

    [Theory]
    [InlineData("/api/v1/messages", "application/x-www-form-urlencoded", "application/json")]
    [InlineData("/api/v1/payments/pay_01h455vb4pex5vsknk084sn02q/refunds", "text/plain", "application/json")]
    [InlineData("/api/v1/affiliates/leads/import", "application/json", "text/csv")]
    public async Task A_wrong_content_type_is_told_the_right_one(string path, string wrong, string right)
    {
        using var reply = await Shop.Client.PostAsync(path, new StringContent("a=b", Encoding.UTF8, wrong), Token);

        Assert.Equal(415, (int)reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        Assert.Contains(
            $"\"Send the body as {right}.\"", await reply.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gaps_or_repeats()
    {
        for (var i = 0; i < 7; i++)
            await Shop.Client.PostJsonAsync("/api/v1/messages", new { channel = "sms", to = "+14155550123", body = $"{i}" });

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Shop.Client.GetJsonAsync("/api/v1/messages?limit=3" + (cursor is null ? "" : $"&cursor={cursor}"));
            seen.AddRange(page["data"].EnumerateArray().Select(message => message.GetProperty("body").GetString()!));
            cursor = page.Text("next_cursor");
            Assert.Equal(cursor is not null, page["has_more"].GetBoolean());
        }
        while (cursor is not null);

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], seen);
    }

    private async Task<int> CountAsync(string table)
    {
        var counts = await ((Database)Shop.Hub.Services.GetService(typeof(Database))!).QueryAsync(
            $"SELECT count(*) AS n FROM {table} WHERE tenant_id = @Tenant", new { Shop.Tenant }, row => row.Int("n"), Token);
        return counts[0];
    }
}
