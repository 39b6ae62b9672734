using System.Collections.Frozen;
using System.Reflection;

namespace Patchbay.Hub.Events;

/// <summary>Every type of event that the hub declares.</summary>
public static class EventTypes
{
    /// <summary>By name, in alphabetical order.</summary>
    public static readonly IReadOnlyList<EventType> All = typeof(EventTypes).Assembly.GetTypes()
        .Where(type => !type.ContainsGenericParameters)
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => field.FieldType == typeof(EventType))
        .Select(field => (EventType)field.GetValue(null)!)
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .ToArray();

    private static readonly FrozenDictionary<string, EventType> ByName = All.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Null when no such type is declared.</summary>
    public static EventType? Find(string name) => ByName.GetValueOrDefault(name);
}
