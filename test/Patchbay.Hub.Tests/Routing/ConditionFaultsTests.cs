using System.Text.Json;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Routing;

namespace Patchbay.Hub.Tests.Routing;

public sealed class ConditionFaultsTests
{
    [Theory]
    [InlineData("""[1]""", "conditions[0]", "must be an object with field, operator and value")]
    [InlineData("""{}""", "conditions", "must be a list")]
    [InlineData("""[{"operator":"eq","value":"BR"}]""", "conditions[0].field", "is required")]
    [InlineData("""[{"field":7,"operator":"eq","value":"BR"}]""", "conditions[0].field", "must be a text")]
    [InlineData("""[{"field":"country","value":"BR"}]""", "conditions[0].operator", "is required")]
    [InlineData("""[{"field":"country","operator":"eq"}]""", "conditions[0].value", "is required")]
    [InlineData("""[{"field":"country","operator":"eq","value":"BR","not":true}]""", "conditions[0]",
        "has a property that is not known; a condition has field, operator and value")]
    [InlineData("""[{"field":"country","operator":"eq","value":"BR"},{"field":"planet","operator":"eq","value":"x"}]""",
        "conditions[1].field",
        "must be region, country, currency, amount, direction, channel, company_id, recipient_country, customer.* or metadata.*")]
    [InlineData("""[{"field":"metadata.","operator":"exists","value":true}]""", "conditions[0].field",
        "must be region, country, currency, amount, direction, channel, company_id, recipient_country, customer.* or metadata.*")]
    [InlineData("""[{"field":"country","operator":"like","value":"x"}]""", "conditions[0].operator",
        "must be eq, neq, in, not_in, gt, gte, lt, lte, between, prefix or exists")]
    [InlineData("""[{"field":"country","operator":"gt","value":1}]""", "conditions[0].operator",
        "compares numbers, which only amount, customer.* and metadata.* have")]
    [InlineData("""[{"field":"country","operator":"prefix","value":"B"}]""", "conditions[0].operator",
        "compares the beginning of a text, which this field does not have")]
    [InlineData("""[{"field":"country","operator":"eq","value":["BR"]}]""", "conditions[0].value", "must be a text")]
    [InlineData("""[{"field":"country","operator":"eq","value":"\ud800"}]""", "conditions[0].value", "must be a text")]
    [InlineData("""[{"field":"country","operator":"eq","value":"UK"}]""", "conditions[0].value",
        "must be an ISO 3166-1 alpha-2 country, for example BR")]
    [InlineData("""[{"field":"recipient_country","operator":"in","value":["BR","BRA"]}]""", "conditions[0].value[1]",
        "must be an ISO 3166-1 alpha-2 country, for example BR")]
    [InlineData(
        """[{"field":"currency","operator":"eq","value":"BTC"}]""", "conditions[0].value", "must be an ISO 4217 currency, for example EUR")]
    [InlineData("""[{"field":"channel","operator":"eq","value":""}]""", "conditions[0].value", "must not be empty")]
    [InlineData("""[{"field":"channel","operator":"eq","value":"a\u0000"}]""", "conditions[0].value", "must not have control characters")]
    [InlineData("""[{"field":"channel","operator":"in","value":"sms"}]""", "conditions[0].value", "must be a list of 1 to 200 texts")]
    [InlineData("""[{"field":"channel","operator":"in","value":[]}]""", "conditions[0].value", "must be a list of 1 to 200 texts")]
    [InlineData("""[{"field":"channel","operator":"exists","value":"yes"}]""", "conditions[0].value", "must be true or false")]
    [InlineData("""[{"field":"metadata.n","operator":"gt","value":"many"}]""", "conditions[0].value",
        "must be a decimal number, for example \"100.50\"")]
    [InlineData("""[{"field":"metadata.n","operator":"gt","value":1e3}]""", "conditions[0].value",
        "must be a decimal number, for example \"100.50\"")]
    [InlineData("""[{"field":"metadata.n","operator":"gt","value":0.12345678901234567890123456789}]""", "conditions[0].value",
        "must be a decimal number, for example \"100.50\"")]
    [InlineData("""[{"field":"metadata.n","operator":"between","value":[1]}]""", "conditions[0].value",
        "must be a list of two numbers, low and high")]
    [InlineData("""[{"field":"metadata.n","operator":"between","value":[1,"x"]}]""", "conditions[0].value[1]",
        "must be a decimal number, for example \"100.50\"")]
    [InlineData(
        """[{"field":"metadata.n","operator":"between","value":[2,1]}]""", "conditions[0].value", "must have the lower number first")]
    [InlineData("""[{"field":"amount","operator":"gt","value":1}]""", "conditions[0].field",
        "amount can be compared only in a rule that also fixes currency (eq, or in with one value)")]
    [InlineData("""[{"field":"currency","operator":"in","value":["EUR","USD"]},{"field":"amount","operator":"gt","value":1}]""",
        "conditions[1].field", "amount can be compared only in a rule that also fixes currency (eq, or in with one value)")]
    public void A_fault_is_told_at_its_path(string json, string path, string message)
    {
        var faults = FaultsOf(json);
        Assert.Equal([path], faults.ByField.Keys);
        Assert.Equal([message], faults.ByField[path]);
    }

    [Theory]
    [InlineData("""null""")]
    [InlineData("""[]""")]
    [InlineData("""[{"field":"amount","operator":"exists","value":true}]""")]
    [InlineData("""[{"field":"amount","operator":"gt","value":"1"},{"field":"currency","operator":"in","value":["EUR"]}]""")]
    [InlineData("""[{"field":"amount","operator":"between","value":[0,"99.99"]},{"field":"currency","operator":"eq","value":"eur"}]""")]
    public void Conditions_that_make_sense_have_no_faults(string json) => Assert.Empty(FaultsOf(json).ByField);

    [Fact]
    public void All_faults_are_told_at_once_with_the_callers_indexes()
    {
        var faults = FaultsOf(
            """[{"field":"planet","operator":"like","value":1}, 5, {"field":"country","operator":"in","value":["ZZ","BR",3]}]""");
        Assert.Equal(
            ["conditions[0].field", "conditions[0].operator", "conditions[1]", "conditions[2].value[0]", "conditions[2].value[2]"],
            faults.ByField.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void More_than_200_values_are_refused()
    {
        var condition = ARule.Condition("metadata.shop", "in", Enumerable.Range(0, 201).Select(i => $"s{i}").ToArray());
        var faults = new Faults();
        ConditionCompiler.Compile([condition], faults);
        Assert.Equal(["must be a list of 1 to 200 texts"], faults.ByField["conditions[0].value"]);
    }

    [Fact]
    public void Values_are_kept_in_the_form_in_which_they_are_compared()
    {
        var faults = new Faults();
        var normal = ConditionCompiler.Normalize(
            [
                ARule.Condition("country", "in", new[] { "br", "AR", "BR" }),
                ARule.Condition("currency", "eq", "usd"),
                ARule.Condition("amount", "between", new object[] { 1.50m, "20" }),
                ARule.Condition("customer.tier", "eq", "Gold"),
            ],
            faults);
        Assert.True(faults.IsEmpty);
        Assert.Equal(
            ["""["BR","AR"]""", "\"USD\"", """["1.50","20"]""", "\"Gold\""],
            normal.Select(condition => condition.Value.GetRawText()));
    }

    private static Faults FaultsOf(string json)
    {
        var faults = new Faults();
        ConditionCompiler.Compile(ConditionReader.Read(JsonElement.Parse(json), faults), faults);
        return faults;
    }
}
