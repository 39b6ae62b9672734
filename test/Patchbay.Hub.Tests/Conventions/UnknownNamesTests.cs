using Patchbay.Hub.Tests.Conventions.Fuzz;
using Patchbay.Hub.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions;

/// <summary>A name that is not known is a mistake of somebody's, and passing over it would do something else than was meant.</summary>
public sealed class UnknownNamesTests(HubDatabases databases) : ShopTests(databases, TestDatabases.Sqlite)
{
    [Fact]
    public async Task Every_endpoint_refuses_a_parameter_that_it_does_not_have_and_takes_each_that_it_has()
    {
        var document = new ApiDocument((await Shop.Client.GetJsonAsync("/openapi/v1.json")).Body);
        // Providers sign what they send in the first; the second is not for this key.
        string[] apart = ["/api/webhooks/{provider}", "/api/v1/tenants"];
        var operations = document.Operations
            .Where(operation => !apart.Any(path => operation.Path.StartsWith(path, StringComparison.Ordinal))).ToList();
        Assert.True(operations.Count > 60, $"only {operations.Count} operations");
        Assert.True(operations.Sum(operation => operation.QueryNames.Count) > 40);
        foreach (var operation in operations)
        {
            var address = operation.PathNames.Aggregate(
                operation.Path, (path, name) => path.Replace($"{{{name}}}", "x", StringComparison.Ordinal));
            var unknown = await Shop.Client.SendJsonAsync(new HttpMethod(operation.Method), $"{address}?colour=red");
            Assert.True((int)unknown.Status == 422, $"{operation.Method} {address}: {unknown}");
            Assert.Equal("colour", unknown["errors"].EnumerateObject().Single().Name);
            foreach (var name in operation.QueryNames.Where(_ => !address.EndsWith("/stream", StringComparison.Ordinal)))
            {
                var known = await Shop.Client.SendJsonAsync(new HttpMethod(operation.Method), $"{address}?{name}=");
                Assert.DoesNotContain("not a parameter", known.ToString(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/api/v1/payments?statsu=failed", "statsu", "is not a parameter here; did you mean 'status'?")]
    [InlineData("/api/v1/deliveries?limt=5", "limt", "is not a parameter here; did you mean 'limit'?")]
    [InlineData("/api/v1/payments/pay_01h455vb4pex5vsknk084sn02q?expand=refunds", "expand", "is not a parameter here; there are none")]
    [InlineData("/api/v1/routing-rules?page=2", "page", "is not a parameter here; there are capability, cursor, limit, mode")]
    [InlineData("/api/v1/payments?status=failed&status=succeeded", "status", "is given 2 times; it can be given once")]
    [InlineData("/api/v1/payments?reference=a%00b", "reference", "holds a character that cannot be kept: NUL or half a surrogate pair")]
    public async Task A_parameter_that_is_not_known_is_named_with_the_one_that_is_near(string path, string name, string message)
    {
        var reply = await Shop.Client.GetJsonAsync(path);

        Assert.Equal((422, "validation_failed"), ((int)reply.Status, reply.Text("code")));
        Assert.Equal(message, reply["errors"].GetProperty(name)[0].GetString());
    }

    [Theory]
    [InlineData("/api/v1/events?type=payment.*&type=refund.*&limit=5")]
    [InlineData("/api/v1/payments?LIMIT=5")]
    public async Task What_an_endpoint_takes_it_goes_on_taking(string path) =>
        Assert.Equal(200, (int)(await Shop.Client.GetJsonAsync(path)).Status);

    [Fact]
    public async Task Names_in_bodies_and_settings_are_told_the_nearest_too()
    {
        await SaysAsync(
            "/api/v1/payments", """{"amount":"1.00","currency":"EUR","referense":"r"}""", "referense",
            "is not a field of this request; did you mean 'reference'?");
        await SaysAsync("/api/v1/payments", """{"amount":"1.00","currency":"EUR","reference":"r","customer":{"emial":"a@b.example"}}""",
            "customer.emial", "is not a field of this request; did you mean 'email'?");
        await SaysAsync("/api/v1/integrations", """{"provider":"twillio","mode":"sandbox"}""", "provider",
            "is not in the catalog; did you mean 'twilio'?");
        await SaysAsync("/api/v1/integrations", """{"provider":"twilio","mode":"sandbox","settings":{"concurency":5,"retry":{"trys":1}}}""",
            "settings.concurency", "is not a setting of twilio; did you mean 'concurrency'?");
        await SaysAsync("/api/v1/integrations", """{"provider":"twilio","mode":"sandbox","settings":{"concurency":5,"retry":{"trys":1}}}""",
            "settings.retry.trys", "is not a setting of twilio; did you mean 'tries'?");
    }

    private async Task SaysAsync(string path, string body, string field, string message)
    {
        var reply = await Shop.Client.PostJsonAsync(path, body, field);
        Assert.Equal(422, (int)reply.Status);
        Assert.True(reply["errors"].TryGetProperty(field, out var messages), reply.ToString());
        Assert.Equal(message, messages[0].GetString());
    }
}
