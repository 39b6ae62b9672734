using FsCheck;
using FsCheck.Fluent;
using Patchbay.Integrations.Routing;

namespace Patchbay.Hub.Tests.Routing;

/// <summary>Some rules, an operation and the state of the integrations, from domains so small that rules do meet.</summary>
public sealed record Scenario(IReadOnlyList<RoutingRule> Rules, RoutingContext Context, IReadOnlyList<IntegrationState> States)
{
    private const int IntegrationCount = 6;

    private static readonly Condition[] Possible =
    [
        ARule.Condition("country", "eq", "BR"), ARule.Condition("country", "eq", "AR"),
        ARule.Condition("country", "in", new[] { "BR", "CL" }), ARule.Condition("country", "neq", "BR"),
        ARule.Condition("country", "not_in", new[] { "AR", "CL" }), ARule.Condition("country", "exists", true), ARule.Condition("currency",
            "eq", "USD"), ARule.Condition("currency", "in", new[] { "USD", "EUR" }), ARule.Condition("currency", "exists", false),
        ARule.Condition("region", "prefix", "LA"), ARule.Condition("direction", "eq", "deposit"),
        ARule.Condition("metadata.a", "eq", "1"), ARule.Condition("metadata.a", "gt", "1"), ARule.Condition("metadata.a", "exists", false),
        ARule.Condition("metadata.b", "in", new[] { "1", "x" }), ARule.Condition("metadata.b", "between", new[] { "0", "1.5" }),
    ];

    private static readonly Condition[] OnAmounts =
    [
        ARule.Condition("amount", "eq", "1"), ARule.Condition("amount", "neq", "1"), ARule.Condition("amount", "in", new[] { "1", "2.50" }),
        ARule.Condition("amount", "not_in", new[] { "1", "2.5" }), ARule.Condition("amount", "gt", "1"),
        ARule.Condition("amount", "gte", "1"), ARule.Condition("amount", "lt", "2.5"), ARule.Condition("amount", "lte", "2.5"),
        ARule.Condition("amount", "between", new[] { "1", "2" }),
    ];

    public IIntegrationAvailability Availability =>
        States.Index().Aggregate(Integrations.AllUsable, (all, state) => all.With(state.Index, state.Item));

    public static Arbitrary<Scenario> Any { get; } = Arb.From(
        from count in Gen.Choose(0, 40)
        from rules in Gen.CollectToArray(Enumerable.Range(1, count), Rule)
        from context in AContext()
        from states in Gen.ArrayOf(State(), IntegrationCount)
        select new Scenario(rules, context, states));

    /// <summary>Numbers, and beginnings of numbers that are beginnings of each other.</summary>
    public static Arbitrary<Scenario> OfNumbers { get; } = Arb.From(
        from conditions in Gen.ArrayOf(Gen.Elements(
            ARule.Condition("metadata.number", "prefix", "5"), ARule.Condition("metadata.number", "prefix", "55"),
            ARule.Condition("metadata.number", "prefix", "551"), ARule.Condition("metadata.number", "prefix", "54"),
            ARule.Condition("metadata.number", "prefix", "4"), ARule.Condition("metadata.number", "eq", "551"),
            ARule.Condition("metadata.number", "in", new[] { "55", "4" }), ARule.Condition("metadata.number", "neq", "55"),
            ARule.Condition("country", "eq", "BR")), 20)
        from number in Gen.Elements("5", "55", "551", "5511", "54", "4", "44", "6", null)
        from states in Gen.ArrayOf(State(), IntegrationCount)
        select new Scenario(
            [.. conditions.Select((condition, i) => ARule.To(i % IntegrationCount, id: i + 1) with { Conditions = [condition] })],
            new RoutingContext { Metadata = number is null
                ? new Dictionary<string, string>() : new Dictionary<string, string> { ["number"] = number } },
            states));

    public RoutingDecision Decide() => RoutingTable.Compile(Rules).Decide("initiate_payment", Context, Availability);

    public override string ToString() =>
        $"{Context} metadata {string.Join(",", Context.Metadata)} states {string.Join(",", States)}\n"
            + string.Join('\n', Rules.Select(rule => System.Text.Json.JsonSerializer.Serialize(RuleView.From(rule))));

    private static Gen<RoutingRule> Rule(int id) =>
        from priority in Gen.Choose(0, 5)
        from split in Gen.Choose(0, 3)
        from targets in Gen.Shuffle(Enumerable.Range(0, IntegrationCount))
        from weights in Gen.ArrayOf(Gen.Choose(1, 9), split + 1)
        from fallbacks in Gen.Choose(0, 2)
        from conditions in Gen.SubListOf(Possible).Select(some => some.Take(3))
        from amount in Gen.Elements(OnAmounts)
        from kind in Gen.Choose(0, 19)
        let to = split == 0 ? ARule.To(targets[0]) : ARule.Splitting(weights.Select((weight, i) => (targets[i], weight)).ToArray())
        select to.FallingBackTo(targets[(split + 1)..Math.Min(split + 1 + fallbacks, IntegrationCount)]) with
        {
            Id = ARule.RuleNamed(id),
            Priority = priority,
            Conditions = kind == 0 ? [] : kind > 14 ? [ARule.Condition("currency", "eq", "USD"), amount] : conditions.ToList(),
            IsDefault = kind == 0,
            IsActive = kind != 1,
            Capability = kind == 2 ? "send_sms" : "initiate_payment",
        };

    private static Gen<RoutingContext> AContext() =>
        from country in Gen.Elements("BR", "AR", "CL", "DE", null)
        from currency in Gen.Elements("USD", "USD", "EUR", null)
        from region in Gen.Elements("LATAM", "EU", null)
        from direction in Gen.Elements("deposit", "withdrawal", null)
        from amount in Gen.Elements(1m, 1.00m, 2.5m, 0m, (decimal?)null)
        from a in Gen.Elements("1", "2", "x", null)
        from b in Gen.Elements("1", "2", "x", null)
        from reference in Gen.Choose(0, 1000)
        select new RoutingContext
        {
            Country = country,
            Currency = currency,
            Region = region,
            Direction = direction,
            Amount = amount,
            Metadata = new[] { ("a", a), ("b", b) }.Where(pair => pair.Item2 is not null)
                .ToDictionary(pair => pair.Item1, pair => pair.Item2!),
            Reference = $"ref-{reference}",
        };

    private static Gen<IntegrationState> State() =>
        Gen.Frequency((3, Gen.Constant(IntegrationState.Usable)), (2, Gen.Elements(Enum.GetValues<IntegrationState>())));
}
