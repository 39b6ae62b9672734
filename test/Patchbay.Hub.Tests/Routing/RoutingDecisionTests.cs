using System.Text;
using Patchbay.Integrations.Routing;

namespace Patchbay.Hub.Tests.Routing;

public sealed class RoutingDecisionTests
{
    [Fact]
    public void An_explicit_choice_is_nothing_but_itself()
    {
        var decision = RoutingDecision.Explicit(ARule.Integration(4));
        Assert.Equal($$"""{"reason":"explicit","integration_id":"{{ARule.Integration(4)}}"}""", decision.ToJson());
    }

    [Fact]
    public void A_decision_is_kept_with_its_reasons()
    {
        var rule = ARule.To(1).When("country", "in", new[] { "AR", "BR", "CL", "PE", "CO", "MX", "UY" })
            .When("customer.vip", "exists", true).FallingBackTo(2, 3);
        var context = new RoutingContext { Country = "BR", Customer = new Dictionary<string, string> { ["vip"] = "yes" } };
        var decision = RoutingTable.Compile([rule])
            .Decide("initiate_payment", context, Integrations.AllUsable.With(1, IntegrationState.BreakerOpen));
        Assert.Equal(
            $$"""{"reason":"fallback","integration_id":"{{ARule.Integration(2)}}","rule_id":"{{rule.Id}}","fallbacks":["{{ARule.Integration(3)}}"]""" +
            ""","conditions":["country in [AR, BR, CL, PE, CO, +2]","customer.vip exists true"]""" +
            $$""","skipped":[{"rule_id":"{{rule.Id}}","integration_id":"{{ARule.Integration(1)}}","why":"breaker_open"}]}""",
            decision.ToJson());
        Assert.Equal(decision.ToJson(), RoutingDecision.FromJson(decision.ToJson()).ToJson());
    }

    [Fact]
    public void Nobody_usable_is_kept_as_no_active_provider() =>
        Assert.Equal("""{"reason":"no_active_provider"}""",
            RoutingTable.Empty.Decide("send_sms", new RoutingContext(), Integrations.AllUsable).ToJson());

    [Fact]
    public void The_largest_decision_stays_small()
    {
        var wide = string.Concat(Enumerable.Repeat("😀", 127));
        var large = Enumerable.Range(0, 20).Aggregate(
            ARule.Splitting(Enumerable.Range(1, 10).Select(i => (i, 1)).ToArray()).FallingBackTo(Enumerable.Range(11, 10).ToArray()),
            (rule, i) => rule.When($"metadata.{i}", "neq", wide));
        var unusable = Enumerable.Range(21, 40).Select(i => ARule.To(i, id: i, priority: -1));
        var integrations = Enumerable.Range(21, 40)
            .Aggregate(Integrations.AllUsable, (all, i) => all.With(i, IntegrationState.CapabilityOff));

        Assert.True(RoutingRuleValidation.Validate(large).IsSuccess);
        var decision = RoutingTable.Compile([large, .. unusable]).Decide("initiate_payment", new RoutingContext(), integrations);

        Assert.Equal((16, 24), (decision.Skipped.Count, decision.SkippedMore));
        Assert.InRange(Encoding.UTF8.GetByteCount(decision.ToJson()), 4_000, 16_384);
    }
}
