using System.Collections.Frozen;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;

namespace Patchbay.Platform.Events;

/// <summary>Every type of event that the hub declares: the static fields of type <see cref="EventType"/> in its assemblies.</summary>
public sealed class EventTypes
{
    private readonly FrozenDictionary<string, EventType> _byName;

    public EventTypes(FeatureAssemblies assemblies)
    {
        All = [.. Declarations.Of<EventType>(assemblies.Types).OrderBy(type => type.Name, StringComparer.Ordinal)];
        _byName = All.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
    }

    /// <summary>By name, in alphabetical order.</summary>
    public IReadOnlyList<EventType> All { get; }

    /// <summary>Null when no such type is declared.</summary>
    public EventType? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// Says what is wrong with patterns that somebody enters: more than <see cref="EventPatterns.Most"/>, or one that fits no type.
    /// </summary>
    public void Check(IReadOnlyList<string> patterns, string field, Faults faults)
    {
        faults.Require(
            patterns.Count <= EventPatterns.Most, field, $"has {patterns.Count} patterns; at most {EventPatterns.Most} are allowed");
        foreach (var pattern in patterns.Take(EventPatterns.Most).Where(pattern => !FitsAny(pattern)))
            faults.Add(field, $"'{Shorten(pattern)}' fits no event type; GET /api/v1/event-types lists them");
    }

    private bool FitsAny(string pattern)
    {
        var one = EventPatterns.Of([pattern]);
        return All.Any(type => one.Matches(type.Name));
    }

    private static string Shorten(string pattern) => pattern.Length <= 64 ? pattern : pattern[..64] + "...";
}
