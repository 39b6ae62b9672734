using System.Text.Json;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Routing;

namespace Patchbay.Hub.Tests.Routing;

public sealed class ConditionTests
{
    private static readonly RoutingContext Brazilian = new()
    {
        Region = "LATAM",
        Country = "BR",
        Currency = "BRL",
        Amount = 100.50m,
        Direction = "deposit",
        Channel = "sms",
        CompanyId = "acme-7",
        RecipientCountry = "AR",
        Customer = new Dictionary<string, string> { ["tier"] = "gold", ["age"] = "42" },
        Metadata = new Dictionary<string, string> { ["score"] = "7.5", ["note"] = "" },
    };

    [Theory]
    [InlineData("country", "eq", "\"BR\"", true)]
    [InlineData("country", "eq", "\"br\"", true)]
    [InlineData("country", "eq", "\"AR\"", false)]
    [InlineData("country", "neq", "\"AR\"", true)]
    [InlineData("country", "neq", "\"BR\"", false)]
    [InlineData("country", "in", "[\"AR\",\"br\"]", true)]
    [InlineData("country", "in", "[\"AR\",\"CL\"]", false)]
    [InlineData("country", "not_in", "[\"AR\",\"CL\"]", true)]
    [InlineData("country", "not_in", "[\"AR\",\"BR\"]", false)]
    [InlineData("recipient_country", "eq", "\"AR\"", true)]
    [InlineData("region", "eq", "\"latam\"", true)]
    [InlineData("region", "prefix", "\"lat\"", true)]
    [InlineData("direction", "eq", "\"Deposit\"", true)]
    [InlineData("direction", "eq", "\"withdrawal\"", false)]
    [InlineData("channel", "in", "[\"SMS\",\"email\"]", true)]
    [InlineData("company_id", "prefix", "\"acme-\"", true)]
    [InlineData("company_id", "prefix", "\"ACME-\"", false)]
    [InlineData("customer.tier", "eq", "\"gold\"", true)]
    [InlineData("customer.tier", "eq", "\"Gold\"", false)]
    [InlineData("customer.age", "gt", "41", true)]
    [InlineData("customer.age", "gt", "42", false)]
    [InlineData("customer.tier", "gt", "1", false)]
    [InlineData("metadata.score", "between", "[7, \"7.5\"]", true)]
    [InlineData("metadata.score", "lt", "7.5", false)]
    [InlineData("metadata.score", "exists", "true", true)]
    [InlineData("metadata.score", "exists", "false", false)]
    public void A_condition_on_a_present_field_compares_its_value(string field, string comparison, string value, bool holds) =>
        Assert.Equal(holds, Compile(field, comparison, value).Holds(Brazilian));

    [Theory]
    [InlineData("eq", "\"100.50\"", true)]
    [InlineData("eq", "100.5", true)]
    [InlineData("eq", "100.51", false)]
    [InlineData("neq", "100.51", true)]
    [InlineData("neq", "100.500", false)]
    [InlineData("in", "[\"1\", 100.5]", true)]
    [InlineData("in", "[1, 2]", false)]
    [InlineData("not_in", "[1, 2]", true)]
    [InlineData("not_in", "[100.5]", false)]
    [InlineData("gt", "100.49", true)]
    [InlineData("gt", "100.50", false)]
    [InlineData("gte", "100.50", true)]
    [InlineData("gte", "100.51", false)]
    [InlineData("lt", "100.51", true)]
    [InlineData("lt", "100.50", false)]
    [InlineData("lte", "100.50", true)]
    [InlineData("lte", "100.49", false)]
    [InlineData("between", "[100.5, 100.5]", true)]
    [InlineData("between", "[50, 100.49]", false)]
    [InlineData("exists", "true", true)]
    [InlineData("exists", "false", false)]
    public void Amounts_are_compared_exactly(string comparison, string value, bool holds) =>
        Assert.Equal(holds, Compile("amount", comparison, value).Holds(Brazilian));

    [Theory]
    [InlineData("country", "eq", "\"BR\"", false)]
    [InlineData("country", "neq", "\"BR\"", true)]
    [InlineData("country", "in", "[\"BR\"]", false)]
    [InlineData("country", "not_in", "[\"BR\"]", true)]
    [InlineData("company_id", "prefix", "\"a\"", false)]
    [InlineData("country", "exists", "true", false)]
    [InlineData("country", "exists", "false", true)]
    [InlineData("amount", "eq", "0", false)]
    [InlineData("amount", "neq", "0", true)]
    [InlineData("amount", "in", "[0]", false)]
    [InlineData("amount", "not_in", "[0]", true)]
    [InlineData("amount", "gt", "-1", false)]
    [InlineData("amount", "gte", "0", false)]
    [InlineData("amount", "lt", "1", false)]
    [InlineData("amount", "lte", "0", false)]
    [InlineData("amount", "between", "[0, 1]", false)]
    [InlineData("amount", "exists", "true", false)]
    [InlineData("amount", "exists", "false", true)]
    [InlineData("metadata.score", "gt", "1", false)]
    [InlineData("metadata.score", "neq", "\"1\"", true)]
    [InlineData("customer.tier", "not_in", "[\"gold\"]", true)]
    [InlineData("customer.tier", "exists", "false", true)]
    public void A_missing_field_fails_all_but_absence_and_being_different(string field, string comparison, string value, bool holds) =>
        Assert.Equal(holds, Compile(field, comparison, value).Holds(new RoutingContext()));

    [Fact]
    public void An_empty_text_counts_as_missing()
    {
        Assert.False(Compile("metadata.note", "exists", "true").Holds(Brazilian));
        Assert.True(Compile("country", "exists", "false").Holds(new RoutingContext { Country = "" }));
    }

    private static CompiledCondition Compile(string field, string comparison, string value)
    {
        var faults = new Faults();
        var condition = new Condition(field, comparison, JsonElement.Parse(value));
        var compiled = ConditionCompiler.Compile([condition, ARule.Condition("currency", "eq", "BRL")], faults);
        Assert.True(faults.IsEmpty, faults.ToString());
        return compiled[0];
    }
}
