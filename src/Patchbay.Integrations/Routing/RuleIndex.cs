using System.Collections.Frozen;

namespace Patchbay.Integrations.Routing;

/// <summary>
/// Leaves out rules that one field of the operation already rules out. It uses the field on which most rules ask for certain values
/// (<c>country eq BR</c>) or beginnings (<c>metadata.number prefix +55</c>): the rules of each, and those that do not ask. All lists are in
/// the order of the rules.
/// </summary>
internal sealed class RuleIndex
{
    private const int WorthFrom = 8;

    private readonly RoutingField _field;
    private readonly FrozenDictionary<string, int[]> _byValue = FrozenDictionary<string, int[]>.Empty;
    private readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _byPrefix =
        FrozenDictionary<string, int[]>.Empty.GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly int[] _prefixLengths = [];
    private readonly int[] _others;

    public RuleIndex(IReadOnlyList<CompiledRule> rules)
    {
        var best = MostAskedFor(rules);
        if (best.Value < WorthFrom)
        {
            _others = Enumerable.Range(0, rules.Count).ToArray();
            return;
        }

        _field = best.Key;
        var byValue = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var byPrefix = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var others = new List<int>();
        for (var i = 0; i < rules.Count; i++)
        {
            // When a rule asks twice for the field, the first is enough: the index may let through too much, never too little.
            var asking = Array.Find(rules[i].Conditions, condition => condition.Field == _field && condition.AsksForText);
            if (asking.RequiredPrefix is { } prefix)
                Add(byPrefix, prefix, i);
            else if (asking.RequiredTexts is { } texts)
                texts.ToList().ForEach(text => Add(byValue, text, i));
            else
                others.Add(i);
        }

        _prefixLengths = [.. byPrefix.Keys.Select(prefix => prefix.Length).Distinct().OrderDescending()];
        _byPrefix = byPrefix.Keys.ToFrozenDictionary(prefix => prefix, prefix => Beginning(prefix).ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _byValue = byValue.ToFrozenDictionary(
            pair => pair.Key, pair => pair.Value.Concat(Beginning(pair.Key)).Order().ToArray(), StringComparer.Ordinal);
        _others = [.. others];

        // Each list also has the rules of the shorter beginnings, so that the longest one that fits is all there is to find.
        IEnumerable<int> Beginning(string text) => _prefixLengths
            .Where(length => length <= text.Length)
            .SelectMany(length => byPrefix.GetValueOrDefault(text[..length]) ?? [])
            .Order();

        static void Add(Dictionary<string, List<int>> lists, string key, int position)
        {
            if (!lists.TryGetValue(key, out var positions))
                lists[key] = positions = [];
            positions.Add(position);
        }
    }

    private static KeyValuePair<RoutingField, int> MostAskedFor(IReadOnlyList<CompiledRule> rules) => rules
        .SelectMany(rule => rule.Conditions.Where(condition => condition.AsksForText).Select(condition => condition.Field).Distinct())
        .CountBy(field => field)
        .DefaultIfEmpty()
        .MaxBy(pair => pair.Value);

    /// <summary>Positions of the rules worth asking, rising.</summary>
    public Positions For(RoutingContext context) => new(context.TextOf(_field) is { } value ? Asking(value) : [], _others);

    private int[] Asking(string value)
    {
        if (_byValue.TryGetValue(value, out var positions))
            return positions;
        foreach (var length in _prefixLengths)
        {
            if (length <= value.Length && _byPrefix.TryGetValue(value.AsSpan(0, length), out positions))
                return positions;
        }

        return [];
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
