using System.Text.Json;
using System.Text.RegularExpressions;
using Patchbay.Platform.Api;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions.OpenApi;

/// <summary>What the document has so that clients can be generated from it.</summary>
public sealed partial class OpenApiTests(HubDatabases databases) : IAsyncLifetime
{
    private Support.LentHub _hub = null!;
    private HttpClient _client = null!;
    private HubDocument _document = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await databases.LendAsync(TestDatabases.Sqlite, TestContext.Current.CancellationToken);
        _client = _hub.Host.Client(null);
        _document = await HubDocument.ReadAsync(_client);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _hub.DisposeAsync();
    }

    /// <summary>It grows with what the hub can do and tell, and not faster: by operations and events, all of them.</summary>
    [Fact]
    public void It_is_small_enough_to_be_read() => Assert.InRange(
        JsonSerializer.SerializeToUtf8Bytes(_document.Root, HubJson.Options).Length
            / (_document.Operations.Count + _document.Root.GetProperty("webhooks").EnumerateObject().Count()),
        800, 1_800);

    [Fact]
    public void Operations_are_named_as_people_name_methods()
    {
        Assert.StartsWith("3.1", _document.Root.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.True(_document.Operations.Count > 90, $"only {_document.Operations.Count} operations");
        var ids = _document.Operations.Select(operation => operation.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(_document.Operations, operation => Assert.Matches("^[a-z_]+(\\.[a-z_]+)+$", operation.Id));
        string[] some =
        [
            "payments.create", "payments.list", "payments.get", "payments.refunds.create", "payments.refunds.list", "refunds.get",
            "keys.list", "keys.get", "routing.rules.list",
            "routing.rules.evaluate", "affiliates.ftd_minimums.get", "affiliates.leads.import",
            "integrations.providers.list", "events.list", "events.stream", "tenant.get", "audit.verify", "webhooks.stats",
        ];
        Assert.Empty(some.Except(ids));
        Assert.All(_document.Operations, operation =>
        {
            Assert.NotEmpty(operation.Body.GetProperty("summary").GetString()!);
            Assert.NotEmpty(operation.Body.GetProperty("tags").EnumerateArray());
        });
    }

    [Fact]
    public void Every_refusal_is_the_problem_with_the_codes_that_it_can_have()
    {
        var problem = _document.Root.GetProperty("components").GetProperty("schemas").GetProperty("Problem");
        Assert.True(problem.GetProperty("properties").GetProperty("detail").GetProperty("x-ms-primary-error-message").GetBoolean());
        Assert.Single(Occurrences().Matches(_document.Text));
        foreach (var operation in _document.Operations)
        {
            foreach (var answer in operation.Body.GetProperty("responses").EnumerateObject().Where(answer => answer.Name[0] is '4' or '5'))
            {
                var media = _document.Media(_document.Resolve(answer.Value), "application/problem+json")!.Value;
                var schema = _document.Resolve(media.GetProperty("schema"));
                Assert.Equal("#/components/schemas/Problem", schema.GetProperty("allOf")[0].GetProperty("$ref").GetString());
                Assert.NotEmpty(_document.Codes(operation, int.Parse(answer.Name, System.Globalization.CultureInfo.InvariantCulture)));
            }
        }

        var refund = _document.Operation("payments.refunds.create");
        Assert.Equal(
            ["closed_loop", "idempotency_key_reused", "payment_not_refundable", "refund_exceeds_captured", "validation_failed"],
            _document.Codes(refund, 422).Order(StringComparer.Ordinal));
        Assert.Contains("wrong_mode", _document.Codes(refund, 403));
        Assert.Contains("idempotency_key_required", _document.Codes(refund, 400));
        Assert.DoesNotContain("idempotency_key_required", _document.Codes(_document.Operation("messages.send"), 400));
        Assert.Equal(["validation_failed"], _document.Codes(_document.Operation("payments.list"), 422));
        Assert.Equal(
            ["400", "401", "403", "404", "409", "413", "415", "422", "429", "503"],
            refund.Body.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Where(name => name[0] != '2')
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Headers_of_answers_are_there()
    {
        var payment = _document.Operation("payments.create");
        Assert.Superset(new HashSet<string> { "Location", "Idempotency-Replay" }, HeadersOf(payment, 202));
        Assert.Contains("Retry-After", HeadersOf(payment, 503));
        Assert.Contains("Retry-After", HeadersOf(payment, 409));
        Assert.Superset(new HashSet<string> { "Retry-After", "RateLimit", "RateLimit-Policy" }, HeadersOf(payment, 429));
        Assert.Contains("WWW-Authenticate", HeadersOf(payment, 401));
        Assert.Contains("Link", HeadersOf(_document.Operation("events.list"), 200));
        var key = _document.Parameters(payment).Single(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
        Assert.True(key.GetProperty("required").GetBoolean());
    }

    [Fact]
    public void Every_field_has_a_type_and_answers_leave_room_for_more()
    {
        foreach (var (name, schema) in Schemas())
        {
            if (!name.EndsWith("Request", StringComparison.Ordinal))
                Assert.False(schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False, name);
            Walk(name, schema);
        }

        Assert.Equal("^pay_[0-7][0-9a-hjkmnp-tv-z]{25}$", Schema("PaymentId").GetProperty("pattern").GetString());
        Assert.Equal("string", Schema("PaymentStatus").GetProperty("type").GetString());
        Assert.Equal("date-time", Field("PaymentView", "created_at").GetProperty("format").GetString());
        Assert.Equal("string", Field("CreatePaymentRequest", "amount").GetProperty("type").GetString());
        Assert.Equal(
            ["amount", "currency", "reference"],
            Required("CreatePaymentRequest"));
        Assert.Equal(
            Schema("PaymentView").GetProperty("properties").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal),
            Required("PaymentView").Order(StringComparer.Ordinal));
        Assert.DoesNotContain("secret", Required("ApiKeyView"));
        var status = _document.Parameters(_document.Operation("deliveries.list"))
            .Single(parameter => parameter.GetProperty("name").GetString() == "status");
        Assert.Contains("exhausted", status.GetProperty("schema").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
    }

    [Fact]
    public void Answers_say_of_all_that_is_always_there_that_it_is()
    {
        var answers = new HashSet<string>();
        foreach (var answer in _document.Operations.SelectMany(operation => operation.Body.GetProperty("responses").EnumerateObject())
            .Where(answer => answer.Name[0] == '2'))
            Gather(_document.Resolve(answer.Value), answers);

        var left = answers.SelectMany(name => Schema(name).TryGetProperty("properties", out var fields)
            ? fields.EnumerateObject().Select(field => field.Name).Except(Required(name)).Select(field => $"{name}.{field}") : []);
        Assert.True(answers.Count > 80, $"only {answers.Count} are answered");
        Assert.Equal(["Alert.inbox", "ApiKeyView.secret", "TenantView.api_key"], left.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_body_has_an_example_that_fits()
    {
        var seen = 0;
        foreach (var operation in _document.Operations)
        {
            var media = operation.Body.GetProperty("responses").EnumerateObject().Where(answer => answer.Name[0] == '2')
                .Select(answer => _document.Resolve(answer.Value))
                .SelectMany(answer => answer.TryGetProperty("content", out var content) ? content.EnumerateObject().ToList() : []).ToList();
            if (operation.Body.TryGetProperty("requestBody", out var body))
                media.AddRange(body.GetProperty("content").EnumerateObject());
            foreach (var one in media)
            {
                var example = _document.Example(one.Value);
                Assert.True(example is not null, $"{operation}: no example of {one.Name}");
                Assert.True(
                    _document.Faults(one.Value.GetProperty("schema"), example.Value) is [],
                    $"{operation}: {string.Join("; ", _document.Faults(one.Value.GetProperty("schema"), example.Value))}");
                seen++;
            }
        }

        Assert.True(seen > 130, $"only {seen} bodies");
    }

    [Fact]
    public void Events_are_told_apart_by_their_type()
    {
        var webhooks = _document.Root.GetProperty("webhooks").EnumerateObject()
            .ToDictionary(webhook => webhook.Name, webhook => webhook.Value);
        Assert.Equal(
            Declared.EventTypes.All.Select(type => type.Name).Order(StringComparer.Ordinal), webhooks.Keys.Order(StringComparer.Ordinal));
        var any = Schema("EventView");
        Assert.Equal("type", any.GetProperty("discriminator").GetProperty("propertyName").GetString());
        foreach (var type in Declared.EventTypes.All)
        {
            var schema = _document.Resolve(webhooks[type.Name].GetProperty("post").GetProperty("requestBody")).GetProperty("content")
                .GetProperty("application/json").GetProperty("schema");
            Assert.Equal(
                schema.GetProperty("$ref").GetString(),
                any.GetProperty("discriminator").GetProperty("mapping").GetProperty(type.Name).GetString());
            var told = JsonSerializer.SerializeToElement(new
            {
                id = "evt_01kanx0fv9e5vbr9b7xw6n4c2m", type = type.Name, tenant_id = "ten_01kanx0fv9e5vbr9b7xw6n4c2m",
                occurred_at = "2026-11-21T14:03:00.000Z", data = type.Example,
            });
            Assert.Empty(_document.Faults(schema, told));
            Assert.Empty(_document.Faults(JsonElement.Parse("""{"$ref":"#/components/schemas/EventView"}"""), told));
        }
    }

    [Fact]
    public async Task The_paths_in_camelCase_have_a_document_of_their_own()
    {
        var aliases = await HubDocument.ReadAsync(_client, "aliases");

        Assert.DoesNotContain(_document.Operations, operation => aliases.Operations.Any(
            alias => (alias.Method, alias.Path) == (operation.Method, operation.Path)));
        Assert.Contains(aliases.Operations, alias => alias is { Method: "put", Path: "/api/webhooks/{id}" });
        var view = aliases.Root.GetProperty("components").GetProperty("schemas").GetProperty("WebhookView");
        Assert.Contains("createdAt", view.GetProperty("required").EnumerateArray().Select(field => field.GetString()));
        Assert.DoesNotContain("created_at", aliases.Text, StringComparison.Ordinal);
        Assert.Contains("/api/webhooks/{provider}", _document.Operations.Select(operation => operation.Path));
    }

    [Fact]
    public async Task The_page_over_it_is_served_without_outside_help()
    {
        var page = await _client.GetStringAsync(new Uri("docs/index.html", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("swagger-ui", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_type_of_a_problem_leads_to_its_explanation()
    {
        var type = (await _client.GetJsonAsync("/api/v1/payments")).Text("type")!.Split('#');

        var page = await _client.GetStringAsync(new Uri(type[0], UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains($"id=\"{type[1]}\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"refund_exceeds_captured\"", page, StringComparison.Ordinal);
    }

    private JsonElement Schema(string name) => _document.Root.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private JsonElement Field(string schema, string name) => Schema(schema).GetProperty("properties").GetProperty(name);

    private IEnumerable<string> Required(string schema) => Schema(schema).TryGetProperty("required", out var required)
        ? required.EnumerateArray().Select(field => field.GetString()!) : [];

    private IEnumerable<(string Name, JsonElement Schema)> Schemas() =>
        _document.Root.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => (schema.Name, schema.Value));

    private HashSet<string> HeadersOf(DocumentedOperation operation, int status) =>
        [.. _document.Answer(operation, status)!.Value.GetProperty("headers").EnumerateObject().Select(header => header.Name)];

    /// <summary>The components that something refers to.</summary>
    private void Gather(JsonElement from, HashSet<string> names)
    {
        if (from.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in from.EnumerateArray())
                Gather(item, names);
        }
        else if (from.ValueKind == JsonValueKind.Object)
        {
            if (from.TryGetProperty("$ref", out var reference) && reference.GetString() is { } target
                && target.StartsWith("#/components/schemas/", StringComparison.Ordinal) && names.Add(target.Split('/')[^1]))
                Gather(_document.Resolve(from), names);
            foreach (var member in from.EnumerateObject().Where(member => member.Name != "examples"))
                Gather(member.Value, names);
        }
    }

    /// <summary>Whatever is said of a field leads to a type.</summary>
    private void Walk(string place, JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out _))
        {
            Assert.NotEqual(JsonValueKind.Undefined, _document.Resolve(schema).ValueKind);
            return;
        }

        string[] unions = ["oneOf", "allOf"];
        var parts = unions.SelectMany(union => schema.TryGetProperty(union, out var all) ? all.EnumerateArray().ToList() : []).ToList();
        Assert.True(parts.Count > 0 || schema.TryGetProperty("type", out _), $"{place} has no type");
        foreach (var part in parts)
            Walk(place, part);
        if (schema.TryGetProperty("properties", out var fields))
        {
            foreach (var field in fields.EnumerateObject())
                Walk($"{place}.{field.Name}", field.Value);
        }

        if (schema.TryGetProperty("type", out var type) && type.ToString().Contains("array", StringComparison.Ordinal))
        {
            Assert.True(schema.TryGetProperty("items", out var items), $"{place} says nothing of its items");
            if (items.EnumerateObject().Any())
                Walk(place + "[]", items);
        }
    }

    [GeneratedRegex("Stable machine word")]
    private static partial Regex Occurrences();
}
