using FsCheck;
using FsCheck.Fluent;
using Patchbay.Integrations.Routing;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Routing;

public sealed class RoutingProperties
{
    private const string Capability = "initiate_payment";

    [Fact]
    public void Every_generated_rule_is_sound() =>
        ForAll(scenario => scenario.Rules.All(rule => RoutingRuleValidation.Validate(rule).IsSuccess));

    [Fact]
    public void The_order_in_which_rules_are_given_does_not_matter() =>
        ForAll(scenario =>
        {
            var decided = scenario.Decide().ToJson();
            return decided == scenario.Decide().ToJson()
                && decided == (scenario with { Rules = scenario.Rules.Reverse().ToList() }).Decide().ToJson();
        });

    [Fact]
    public void The_winner_is_the_one_of_the_naive_router() =>
        ForAll(scenario =>
        {
            var decision = scenario.Decide();
            return NaiveRouter.Decide(scenario.Rules, Capability, scenario.Context, scenario.Availability)
                == (decision.RuleId, decision.IntegrationId);
        });

    [Fact]
    public void Rules_that_ask_for_a_beginning_decide_as_with_the_naive_router() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(TestForm.IsLong ? 2_000 : 200), Prop.ForAll(Scenario.OfNumbers, scenario =>
        {
            var decision = scenario.Decide();
            return NaiveRouter.Decide(scenario.Rules, Capability, scenario.Context, scenario.Availability)
                == (decision.RuleId, decision.IntegrationId);
        }));

    [Fact]
    public void The_explanation_names_the_same_winner() =>
        ForAll(scenario =>
        {
            var explanation = RoutingTable.Compile(scenario.Rules).Explain(Capability, scenario.Context, scenario.Availability);
            var chosen = explanation.Rules.SingleOrDefault(rule => rule.Outcome == RuleOutcome.Chosen);
            var decision = scenario.Decide();
            return explanation.Decision.ToJson() == decision.ToJson()
                && (chosen?.RuleId, chosen?.IntegrationId) == (decision.RuleId, decision.IntegrationId);
        });

    [Fact]
    public void An_unusable_integration_is_never_chosen_and_nobody_usable_is_skipped() =>
        ForAll(scenario =>
        {
            var decision = scenario.Decide();
            return (decision.IntegrationId is not { } chosen
                || scenario.Availability.StateOf(chosen, Capability) == IntegrationState.Usable)
                && decision.Skipped.All(skipped => skipped.Why != IntegrationState.Usable
                    && skipped.Why == scenario.Availability.StateOf(skipped.IntegrationId, Capability));
        });

    [Fact]
    public void A_rule_added_below_the_winner_changes_nothing() =>
        ForAll(scenario =>
        {
            var decision = scenario.Decide();
            var winner = scenario.Rules.FirstOrDefault(rule => rule.Id == decision.RuleId);
            if (winner is null)
                return true;
            var below = ARule.To(0, id: 900, priority: winner.Priority + 1) with { IsDefault = winner.IsDefault };
            return (scenario with { Rules = [below, .. scenario.Rules] }).Decide().ToJson() == decision.ToJson();
        });

    [Fact]
    public void A_decision_is_read_back_as_it_was_written() =>
        ForAll(scenario => RoutingDecision.FromJson(scenario.Decide().ToJson()).ToJson() == scenario.Decide().ToJson());

    private static void ForAll(Func<Scenario, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(TestForm.IsLong ? 2_000 : 200), Prop.ForAll(Scenario.Any, holds));
}
