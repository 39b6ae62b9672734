using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Routing;

namespace Patchbay.Hub.Tests.Routing;

public sealed class SplitTests
{
    private static readonly RoutingRule Rule = ARule.Splitting((1, 70), (2, 20), (3, 10)).FallingBackTo(8, 9);

    [Fact]
    public void A_reference_always_gets_the_same_member()
    {
        var first = References(500).Select(reference => Decide(reference).IntegrationId).ToList();
        var again = References(500).Select(reference => Decide(reference).IntegrationId).ToList();
        Assert.Equal(first, again);
    }

    [Fact]
    public void The_choice_is_the_same_in_every_version() =>
        Assert.Equal("1 1 1 1 1 1 2 2 3 3", string.Join(' ', References(10).Select(reference => Number(Decide(reference).IntegrationId))));

    [Fact]
    public void References_are_shared_out_by_weight()
    {
        var counts = References(10_000).CountBy(reference => Number(Decide(reference).IntegrationId)).ToDictionary();
        Assert.InRange(counts[1], 6_800, 7_200);
        Assert.InRange(counts[2], 1_840, 2_160);
        Assert.InRange(counts[3], 880, 1_120);
    }

    [Fact]
    public void Two_rules_with_the_same_weights_share_out_independently()
    {
        var other = RoutingTable.Compile([Rule with { Id = ARule.RuleNamed(77) }]);
        var both = References(10_000).Count(reference =>
            Number(Decide(reference).IntegrationId) == 2
            && Number(
                other.Decide("initiate_payment", new RoutingContext { Reference = reference }, Integrations.AllUsable).IntegrationId) == 2);
        Assert.InRange(both, 300, 500);   // a fifth of a fifth
    }

    [Fact]
    public void When_a_member_is_out_its_references_spread_by_weight_and_the_others_stay()
    {
        var without = Integrations.AllUsable.With(1, IntegrationState.BreakerOpen);
        var moved = new Dictionary<int, int>();
        foreach (var reference in References(10_000))
        {
            var (before, after) = (Number(Decide(reference).IntegrationId), Number(Decide(reference, without).IntegrationId));
            if (before != 1)
                Assert.Equal(before, after);
            else
                moved[after] = moved.GetValueOrDefault(after) + 1;
        }

        Assert.Equal([2, 3], moved.Keys.Order());
        Assert.InRange(moved[2] / (double)moved[3], 1.8, 2.2);
    }

    [Fact]
    public void A_member_that_is_not_active_leaves_the_split_to_the_others()
    {
        var integrations = Integrations.AllUsable.With(1, IntegrationState.Inactive);
        Assert.All(References(100), reference => Assert.Contains(Number(Decide(reference, integrations).IntegrationId), new[] { 2, 3 }));
    }

    [Fact]
    public void The_fallbacks_stand_in_when_no_member_is_usable()
    {
        var integrations = Integrations.AllUsable.With(1, IntegrationState.Inactive).With(2, IntegrationState.Deleted)
            .With(3, IntegrationState.Error);
        var decision = Decide("order-1", integrations);
        Assert.Equal((ARule.Integration(8), RoutingReason.Fallback), (decision.IntegrationId, decision.Reason));
        Assert.Equal([ARule.Integration(9)], decision.Fallbacks);
    }

    [Fact]
    public void The_rest_of_the_split_stands_in_before_the_fallbacks() =>
        Assert.All(References(100), reference =>
        {
            var decision = Decide(reference);
            IntegrationId[] order = [decision.IntegrationId!.Value, .. decision.Fallbacks];
            Assert.Equal([1, 2, 3], order.Take(3).Select(id => Number(id)).Order());
            Assert.Equal([8, 9], order.Skip(3).Select(id => Number(id)));
        });

    private static IEnumerable<string> References(int count) => Enumerable.Range(0, count).Select(i => $"order-{i}");

    private static int Number(IntegrationId? id) => id!.Value.Value.ToByteArray()[15];

    private static RoutingDecision Decide(string reference, Integrations? integrations = null) =>
        RoutingTable.Compile([Rule])
            .Decide("initiate_payment", new RoutingContext { Reference = reference }, integrations ?? Integrations.AllUsable);
}
