using Patchbay.Integrations.Routing;

namespace Patchbay.Hub.Tests.Routing;

public sealed class RoutingExplanationTests
{
    private static readonly RoutingContext Brazilian = new() { Country = "BR", Currency = "BRL", Amount = 10.50m };

    [Fact]
    public void Every_rule_tells_what_became_of_it_in_the_order_they_are_tried()
    {
        var explanation = RoutingTable.Compile(
            [
                ARule.To(7, id: 7, priority: 0).AsDefault(),
                ARule.To(1, id: 1, priority: 1) with { IsActive = false },
                ARule.To(2, id: 2, priority: 2).When("country", "eq", "AR"),
                ARule.To(3, id: 3, priority: 3).When("planet", "eq", "x"),
                ARule.To(4, id: 4, priority: 4),
                ARule.To(5, id: 5, priority: 5),
                ARule.To(6, id: 6, priority: 6),
            ]).Explain("initiate_payment", Brazilian, Integrations.AllUsable.With(4, IntegrationState.Inactive));

        Assert.Equal(
            [
                RuleOutcome.Inactive, RuleOutcome.ConditionsFailed, RuleOutcome.Invalid, RuleOutcome.NoUsableIntegration,
                RuleOutcome.Chosen, RuleOutcome.Outranked, RuleOutcome.Outranked,
            ],
            explanation.Rules.Select(rule => rule.Outcome));
        Assert.Equal(ARule.RuleNamed(5), explanation.Decision.RuleId);
        Assert.Equal(
            [new SkippedCandidate(ARule.RuleNamed(4), ARule.Integration(4), IntegrationState.Inactive)], explanation.Rules[3].Skipped);
        Assert.True(explanation.Rules[6].IsDefault);
    }

    [Fact]
    public void A_rule_tells_of_each_condition_what_was_expected_and_what_was_there()
    {
        var rule = ARule.To(1).When("country", "in", new[] { "AR", "BR" }).When("currency", "eq", "BRL").When("amount", "gt", "100")
            .When("customer.tier", "eq", "gold");
        var explanation = RoutingTable.Compile([rule]).Explain("initiate_payment", Brazilian, Integrations.AllUsable);
        Assert.Equal(
            [
                ("country", "in", """["AR","BR"]""", "BR", true),
                ("currency", "eq", "\"BRL\"", "BRL", true),
                ("amount", "gt", "\"100\"", "10.50", false),
                ("customer.tier", "eq", "\"gold\"", null, false),
            ],
            explanation.Rules[0].Conditions.Select(condition =>
                (condition.Field, condition.Operator, condition.Expected.GetRawText(), condition.Actual, condition.Held)));
    }

    [Fact]
    public void A_condition_that_is_not_understood_says_why()
    {
        var explanation = RoutingTable.Compile([ARule.To(1).When("currency", "eq", "HRK")])
            .Explain("initiate_payment", Brazilian, Integrations.AllUsable);
        Assert.Equal("must be an ISO 4217 currency, for example EUR", explanation.Rules[0].Conditions[0].Fault);
    }

    [Fact]
    public void A_capability_without_rules_has_nothing_to_explain()
    {
        var explanation = RoutingTable.Empty.Explain("send_sms", Brazilian, Integrations.AllUsable);
        Assert.Empty(explanation.Rules);
        Assert.Equal(RoutingReason.NoActiveProvider, explanation.Decision.Reason);
    }
}
