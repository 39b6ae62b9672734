using System.Text.Json;
using Patchbay.Platform.Api;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Routing;

/// <summary>A rule made ready: conditions compiled, candidates in arrays.</summary>
internal sealed class CompiledRule
{
    private const int MaxLineLength = 100;
    private const int MaxListed = 5;

    private readonly SplitShare[] _split;
    private readonly IntegrationId[] _candidates;
    private readonly ulong _seed;

    public CompiledRule(RoutingRule rule)
    {
        var faults = new Faults();
        Rule = rule;
        Conditions = ConditionCompiler.Compile(rule.Conditions, faults);
        Lines = rule.Conditions.Select(Line).ToArray();
        Faults = faults;
        _seed = SplitOrder.SeedOf(rule.Id);
        _split = rule.Split.Where(share => share.Weight > 0).ToArray();
        IntegrationId[] chosen = _split.Length > 0 ? Array.ConvertAll(_split, share => share.IntegrationId)
            : rule.IntegrationId is { } integration ? [integration]
            : [];
        _candidates = [.. chosen, .. rule.FallbackIntegrationIds];
    }

    public RoutingRule Rule { get; }

    public CompiledCondition[] Conditions { get; }

    /// <summary>The conditions for people, as a decision keeps them.</summary>
    public string[] Lines { get; }

    /// <summary>
    /// Not empty when this version does not understand a stored condition (a currency that ISO withdrew, say). Such a rule never matches:
    /// it must neither stop all routing nor match more than its author meant.
    /// </summary>
    public Faults Faults { get; }

    public int CandidateCount => _candidates.Length;

    public bool TakesPart => Rule.IsActive && Faults.IsEmpty;

    public bool Holds(ref FieldReader fields)
    {
        foreach (ref readonly var condition in Conditions.AsSpan())
        {
            if (!condition.Holds(ref fields))
                return false;
        }

        return true;
    }

    /// <summary>The candidates in the order in which this operation tries them.</summary>
    public ReadOnlySpan<IntegrationId> CandidatesFor(RoutingContext context, Span<IntegrationId> room)
    {
        if (_split.Length < 2)
            return _candidates;
        Span<int> order = _split.Length <= RoutingRuleValidation.MaxSplit ? stackalloc int[_split.Length] : new int[_split.Length];
        SplitOrder.Draw(_split, _seed, context.Reference, order);
        _candidates.CopyTo(room);
        for (var i = 0; i < order.Length; i++)
            room[i] = _split[order[i]].IntegrationId;
        return room[.._candidates.Length];
    }

    private static string Line(Condition condition)
    {
        var value = condition.Value;
        var text = value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetRawText()
            : value.ValueKind != JsonValueKind.Array ? value.ToString()
            : value.GetArrayLength() <= MaxListed ? $"[{string.Join(", ", value.EnumerateArray())}]"
            : $"[{string.Join(", ", value.EnumerateArray().Take(MaxListed))}, +{value.GetArrayLength() - MaxListed}]";
        var line = $"{condition.Field} {condition.Operator} {text}";
        return line.Length <= MaxLineLength ? line : $"{line.AsSpan(0, MaxLineLength - 1)}…";
    }
}
