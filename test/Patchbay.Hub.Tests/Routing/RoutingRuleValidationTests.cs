using Patchbay.Platform.Api;
using Patchbay.Integrations.Routing;

namespace Patchbay.Hub.Tests.Routing;

public sealed class RoutingRuleValidationTests
{
    [Fact]
    public void A_sound_rule_comes_back_with_its_conditions_normalised()
    {
        var result = RoutingRuleValidation.Validate(ARule.To(1).When("country", "eq", "br").FallingBackTo(2, 3));
        Assert.True(result.IsSuccess);
        Assert.Equal("BR", result.Value.Conditions[0].Value.GetString());
    }

    [Fact]
    public void A_rule_needs_an_integration_or_a_split()
    {
        Assert.Equal(
            ["give exactly one of integration_id and split"], FaultsOf(ARule.To(1) with { IntegrationId = null })["integration_id"]);
        var both = ARule.Splitting((2, 1), (3, 1)) with { IntegrationId = ARule.Integration(1) };
        Assert.Equal(["give exactly one of integration_id and split"], FaultsOf(both)["integration_id"]);
    }

    [Fact]
    public void A_split_needs_different_members_with_weights_above_0()
    {
        var faults = FaultsOf(ARule.Splitting((1, 0), (2, -1), (1, 5)));
        Assert.Equal(["split[0].weight", "split[1].weight", "split[2].integration_id"], faults.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("split", FaultsOf(ARule.Splitting(Enumerable.Range(1, 11).Select(i => (i, 1)).ToArray())).Keys);
    }

    [Fact]
    public void Fallbacks_are_few_different_from_each_other_and_from_the_choice()
    {
        Assert.Equal(["is in the list twice"], FaultsOf(ARule.To(1).FallingBackTo(2, 2))["fallback_integration_ids[1]"]);
        Assert.Equal(["is what the rule chooses anyway"], FaultsOf(ARule.To(1).FallingBackTo(2, 1))["fallback_integration_ids[1]"]);
        Assert.Equal(
            ["is what the rule chooses anyway"], FaultsOf(ARule.Splitting((1, 1), (2, 1)).FallingBackTo(2))["fallback_integration_ids[0]"]);
        Assert.Equal(
            ["must have at most 10 members"],
            FaultsOf(ARule.To(1).FallingBackTo(Enumerable.Range(2, 11).ToArray()))["fallback_integration_ids"]);
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var rule = (ARule.To(1) with { IntegrationId = null, Note = new string('x', 501) })
            .When("planet", "eq", "x").AsDefault();
        Assert.Equal(
            ["conditions", "conditions[0].field", "integration_id", "note"],
            FaultsOf(rule).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Faults_found_while_reading_are_part_of_the_answer_and_not_doubled()
    {
        var faults = new Faults();
        var conditions = ConditionReader.Read(System.Text.Json.JsonElement.Parse("""[{"field":"country"}]"""), faults);
        var result = RoutingRuleValidation.Validate(ARule.To(1) with { Conditions = conditions }, faults);
        Assert.Equal(["conditions[0].operator", "conditions[0].value"], result.Error!.ByField.Keys);
    }

    [Fact]
    public void At_most_20_conditions_are_accepted()
    {
        var rule = Enumerable.Range(0, 21).Aggregate(ARule.To(1), (sum, i) => sum.When($"metadata.m{i}", "exists", true));
        Assert.Equal(["must have at most 20 members"], FaultsOf(rule)["conditions"]);
        Assert.True(RoutingRuleValidation.Validate(rule with { Conditions = rule.Conditions.Take(20).ToList() }).IsSuccess);
    }

    [Fact]
    public void A_note_may_have_line_ends_but_no_zero_bytes()
    {
        Assert.True(RoutingRuleValidation.Validate(ARule.To(1) with { Note = "one\ntwo" }).IsSuccess);
        Assert.Contains("note", FaultsOf(ARule.To(1) with { Note = "one\0two" }).Keys);
    }

    private static IReadOnlyDictionary<string, string[]> FaultsOf(RoutingRule rule) =>
        RoutingRuleValidation.Validate(rule).Error?.ByField ?? new Dictionary<string, string[]>();
}
