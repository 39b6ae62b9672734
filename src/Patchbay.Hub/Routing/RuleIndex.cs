using System.Collections.Frozen;

namespace Patchbay.Hub.Routing;

/// <summary>
/// Leaves out rules that one field of the operation already rules out. It uses the field on which most rules ask for certain values
/// (<c>country eq BR</c>): the rules of each value, and those that do not ask. Both lists are in the order of the rules.
/// </summary>
internal sealed class RuleIndex
{
    private const int WorthFrom = 8;

    private readonly RoutingField _field;
    private readonly FrozenDictionary<string, int[]> _byValue = FrozenDictionary<string, int[]>.Empty;
    private readonly int[] _others;

    public RuleIndex(IReadOnlyList<CompiledRule> rules)
    {
        var best = rules
            .SelectMany(rule => rule.Conditions.Where(condition => condition.RequiredTexts is not null).Select(condition => condition.Field).Distinct())
            .CountBy(field => field)
            .DefaultIfEmpty()
            .MaxBy(pair => pair.Value);
        if (best.Value < WorthFrom)
        {
            _others = Enumerable.Range(0, rules.Count).ToArray();
            return;
        }

        _field = best.Key;
        var byValue = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var others = new List<int>();
        for (var i = 0; i < rules.Count; i++)
        {
            if (RequiredTexts(rules[i]) is not { } texts)
            {
                others.Add(i);
                continue;
            }

            foreach (var text in texts)
            {
                if (!byValue.TryGetValue(text, out var positions))
                    byValue[text] = positions = [];
                positions.Add(i);
            }
        }

        _byValue = byValue.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
        _others = [.. others];
    }

    /// <summary>Positions of the rules worth asking, rising.</summary>
    public Positions For(RoutingContext context) =>
        new(_byValue.Count > 0 && context.TextOf(_field) is { } value && _byValue.TryGetValue(value, out var positions) ? positions : [], _others);

    /// <summary>When a rule asks twice for the field, the first is enough: the index may let through too much, never too little.</summary>
    private IReadOnlyCollection<string>? RequiredTexts(CompiledRule rule)
    {
        foreach (var condition in rule.Conditions)
        {
            if (condition.Field == _field && condition.RequiredTexts is { } texts)
                return texts;
        }

        return null;
    }

    /// <summary>Two rising lists read as one.</summary>
    public struct Positions(int[] left, int[] right)
    {
        private int _left;
        private int _right;

        public int Current { get; private set; }

        public readonly Positions GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_left == left.Length && _right == right.Length)
                return false;
            Current = _right == right.Length || (_left < left.Length && left[_left] < right[_right]) ? left[_left++] : right[_right++];
            return true;
        }
    }
}
