using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Patchbay.Platform.Api;

namespace Patchbay.Server.Composition;

/// <summary>Finds settings that nothing reads: names that are spelt wrongly, which would be passed over without a word.</summary>
internal static class UnknownSettings
{
    /// <param name="known">What may stand in the section, and what it is read as.</param>
    public static IEnumerable<string> In(IConfiguration section, IReadOnlyDictionary<string, Type> known)
    {
        foreach (var setting in section.GetChildren())
        {
            if (!known.TryGetValue(setting.Key, out var type))
                yield return $"{setting.Path} is not a setting{Nearest.Hint(setting.Key, known.Keys)}";
            else
                foreach (var fault in Below(setting, type))
                    yield return fault;
        }
    }

    /// <summary>What can be set of a class.</summary>
    public static IEnumerable<KeyValuePair<string, Type>> Of(Type type) => type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => property.SetMethod?.IsPublic == true || IsList(property.PropertyType))
        .Select(property => KeyValuePair.Create(property.Name, property.PropertyType));

    private static IEnumerable<string> Below(IConfigurationSection setting, Type type) =>
        ValuesOf(type) is { } values ? setting.GetChildren().SelectMany(one => Below(one, values))
        : IsList(type) ? []
        : In(setting, IsText(type) ? new Dictionary<string, Type>() : Named(Of(type)));

    /// <summary>By name, however the letters are cased.</summary>
    public static IReadOnlyDictionary<string, Type> Named(IEnumerable<KeyValuePair<string, Type>> settings) =>
        new Dictionary<string, Type>(settings, StringComparer.OrdinalIgnoreCase);

    private static bool IsText(Type type) => type.IsValueType || type == typeof(string) || type == typeof(Uri);

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) && ValuesOf(type) is null;

    /// <summary>Of a dictionary, whose names are anybody's; null when it is none.</summary>
    private static Type? ValuesOf(Type type) => type.GetInterfaces().Append(type)
        .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IDictionary<,>))
        .Select(one => one.GetGenericArguments()[1]).FirstOrDefault();
}
