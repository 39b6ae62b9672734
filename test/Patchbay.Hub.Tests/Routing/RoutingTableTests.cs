using Patchbay.Integrations.Routing;

namespace Patchbay.Hub.Tests.Routing;

public sealed class RoutingTableTests
{
    private static readonly RoutingContext Brazilian = new() { Country = "BR", Currency = "BRL", Amount = 10m, Reference = "order-1" };

    [Fact]
    public void The_lowest_priority_number_decides_then_the_lowest_id()
    {
        var decision = Decide([ARule.To(3, id: 3, priority: 5), ARule.To(2, id: 2, priority: 1), ARule.To(1, id: 1, priority: 1)]);
        Assert.Equal(
            (ARule.RuleNamed(1), ARule.Integration(1), RoutingReason.Rule), (decision.RuleId, decision.IntegrationId, decision.Reason));
    }

    [Fact]
    public void A_rule_with_a_condition_that_does_not_hold_is_passed_over()
    {
        var decision = Decide(
            [ARule.To(1, id: 1).When("country", "eq", "BR").When("currency", "eq", "USD"), ARule.To(2, id: 2).When("country", "eq", "BR")]);
        Assert.Equal(ARule.Integration(2), decision.IntegrationId);
        Assert.Equal(["country eq BR"], decision.Conditions);
        Assert.Empty(decision.Skipped);
    }

    [Fact]
    public void Rules_of_other_capabilities_and_inactive_rules_have_no_say()
    {
        var decision = Decide([ARule.To(1, id: 1) with { Capability = "send_sms" }, ARule.To(2, id: 2) with { IsActive = false }]);
        Assert.Equal(RoutingReason.NoActiveProvider, decision.Reason);
        Assert.Null(decision.IntegrationId);
        Assert.Null(decision.RuleId);
    }

    [Fact]
    public void An_unavailable_integration_gives_way_to_the_first_usable_fallback()
    {
        var integrations = Integrations.AllUsable.With(1, IntegrationState.BreakerOpen).With(2, IntegrationState.Inactive);
        var decision = Decide([ARule.To(1).FallingBackTo(2, 3, 4, 5)], integrations);
        Assert.Equal((ARule.Integration(3), RoutingReason.Fallback), (decision.IntegrationId, decision.Reason));
        Assert.Equal([ARule.Integration(4), ARule.Integration(5)], decision.Fallbacks);
        Assert.Equal([(ARule.Integration(1), IntegrationState.BreakerOpen), (ARule.Integration(2), IntegrationState.Inactive)],
            decision.Skipped.Select(skipped => (skipped.IntegrationId, skipped.Why)));
    }

    [Theory]
    [InlineData(IntegrationState.Inactive)]
    [InlineData(IntegrationState.PendingVerify)]
    [InlineData(IntegrationState.Error)]
    [InlineData(IntegrationState.Deleted)]
    public void A_fallback_stands_in_for_an_integration_that_is_not_active(IntegrationState state)
    {
        var decision = Decide([ARule.To(1, id: 1).FallingBackTo(2), ARule.To(3, id: 2)], Integrations.AllUsable.With(1, state));
        Assert.Equal((ARule.Integration(2), RoutingReason.Fallback), (decision.IntegrationId, decision.Reason));
        Assert.Equal([new SkippedCandidate(ARule.RuleNamed(1), ARule.Integration(1), state)], decision.Skipped);
    }

    [Theory]
    [InlineData(IntegrationState.BreakerOpen)]
    [InlineData(IntegrationState.CapabilityOff)]
    public void A_rule_with_nobody_usable_is_passed_over_with_its_reasons(IntegrationState state)
    {
        var integrations = Integrations.AllUsable.With(1, state).With(2, IntegrationState.Error);
        var decision = Decide([ARule.To(1, id: 1).FallingBackTo(2), ARule.To(3, id: 2)], integrations);
        Assert.Equal((ARule.Integration(3), RoutingReason.Rule), (decision.IntegrationId, decision.Reason));
        Assert.Equal([state, IntegrationState.Error], decision.Skipped.Select(skipped => skipped.Why));
    }

    [Fact]
    public void The_default_rule_comes_last_whatever_its_priority()
    {
        RoutingRule[] rules = [ARule.To(9, id: 1, priority: -100).AsDefault(), ARule.To(1, id: 2, priority: 100)
            .When("country", "eq", "BR")];
        Assert.Equal(ARule.Integration(1), Decide(rules).IntegrationId);
        var elsewhere = RoutingTable.Compile(rules)
            .Decide("initiate_payment", new RoutingContext { Country = "DE" }, Integrations.AllUsable);
        Assert.Equal((ARule.Integration(9), RoutingReason.Default), (elsewhere.IntegrationId, elsewhere.Reason));
    }

    [Fact]
    public void Without_anybody_usable_there_is_no_active_provider_and_all_reasons_are_kept()
    {
        var integrations = Integrations.AllUsable.With(1, IntegrationState.BreakerOpen).With(2, IntegrationState.Inactive);
        var decision = Decide([ARule.To(1, id: 1), ARule.To(2, id: 2).AsDefault()], integrations);
        Assert.Equal(RoutingReason.NoActiveProvider, decision.Reason);
        Assert.Equal([IntegrationState.BreakerOpen, IntegrationState.Inactive], decision.Skipped.Select(skipped => skipped.Why));
    }

    [Fact]
    public void An_empty_table_has_no_active_provider() =>
        Assert.Equal(RoutingReason.NoActiveProvider, RoutingTable.Empty.Decide("send_sms", Brazilian, Integrations.AllUsable).Reason);

    [Fact]
    public void A_stored_condition_that_is_not_understood_keeps_its_rule_from_matching_and_no_other()
    {
        var decision = Decide([ARule.To(1, id: 1).When("planet", "eq", "mars"), ARule.To(2, id: 2)]);
        Assert.Equal(ARule.Integration(2), decision.IntegrationId);
    }

    [Fact]
    public void Many_rules_on_one_field_are_told_apart_by_its_value()
    {
        string[] countries = ["AR", "CL", "PE", "CO", "BR", "MX", "UY", "PY", "BO", "EC", "VE"];
        var rules = countries.Select((country, i) => ARule.To(i + 1, id: i + 1, priority: i).When("country", "eq", country))
            .Append(ARule.To(50, id: 50, priority: 50));
        var table = RoutingTable.Compile(rules);
        for (var i = 0; i < countries.Length; i++)
            Assert.Equal(ARule.Integration(i + 1),
                table.Decide("initiate_payment", new RoutingContext { Country = countries[i] }, Integrations.AllUsable).IntegrationId);
        Assert.Equal(ARule.Integration(50),
            table.Decide("initiate_payment", new RoutingContext { Country = "DE" }, Integrations.AllUsable).IntegrationId);
        Assert.Equal(ARule.Integration(50), table.Decide("initiate_payment", new RoutingContext(), Integrations.AllUsable).IntegrationId);
    }

    private static RoutingDecision Decide(RoutingRule[] rules, Integrations? integrations = null) =>
        RoutingTable.Compile(rules).Decide("initiate_payment", Brazilian, integrations ?? Integrations.AllUsable);
}
