namespace Patchbay.Platform.Events;

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
        _beginnings = patterns.Where(pattern => pattern.EndsWith(".*", StringComparison.Ordinal))
            .Select(pattern => pattern[..^1]).ToArray();
    }

    /// <summary>As they were given.</summary>
    public IReadOnlyList<string> Patterns { get; }

    public bool MatchAll { get; }

    /// <summary>Without a check: a stored pattern may name a type that is published no more. None at all means all types.</summary>
    public static EventPatterns Of(IReadOnlyList<string> patterns) => patterns.Count == 0 ? All : new EventPatterns(patterns);

    public bool Matches(string type) =>
        MatchAll || _names.Contains(type) || _beginnings.Any(beginning => type.StartsWith(beginning, StringComparison.Ordinal));
}
