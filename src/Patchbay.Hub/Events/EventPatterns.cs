using Patchbay.Hub.Api;

namespace Patchbay.Hub.Events;

/// <summary>Which types of events somebody wants: <c>*</c> for all, <c>payment.*</c> for those that begin so, or a type's name.</summary>
public sealed class EventPatterns
{
    public const int Most = 100;

    public static readonly EventPatterns All = new(["*"]);

    private readonly HashSet<string> _names;
    private readonly string[] _beginnings;

    private EventPatterns(IReadOnlyList<string> patterns)
    {
        Patterns = patterns;
        MatchAll = patterns.Contains("*");
        _names = patterns.ToHashSet(StringComparer.Ordinal);
        _beginnings = patterns.Where(pattern => pattern.EndsWith(".*", StringComparison.Ordinal)).Select(pattern => pattern[..^1]).ToArray();
    }

    /// <summary>As they were given.</summary>
    public IReadOnlyList<string> Patterns { get; }

    public bool MatchAll { get; }

    /// <summary>Without a check: a stored pattern may name a type that is published no more. None at all means all types.</summary>
    public static EventPatterns Of(IReadOnlyList<string> patterns) => patterns.Count == 0 ? All : new EventPatterns(patterns);

    /// <summary>Says what is wrong with patterns that somebody enters: more than <see cref="Most"/>, or one that fits no type.</summary>
    public static void Check(IReadOnlyList<string> patterns, string field, Faults faults)
    {
        faults.Require(patterns.Count <= Most, field, $"has {patterns.Count} patterns; at most {Most} are allowed");
        foreach (var pattern in patterns.Take(Most).Where(pattern => !FitsAny(pattern)))
            faults.Add(field, $"'{Shorten(pattern)}' fits no event type; GET /api/v1/event-types lists them");
    }

    public bool Matches(string type) =>
        MatchAll || _names.Contains(type) || _beginnings.Any(beginning => type.StartsWith(beginning, StringComparison.Ordinal));

    private static bool FitsAny(string pattern)
    {
        var one = new EventPatterns([pattern]);
        return EventTypes.All.Any(type => one.Matches(type.Name));
    }

    private static string Shorten(string pattern) => pattern.Length <= 64 ? pattern : pattern[..64] + "...";
}
