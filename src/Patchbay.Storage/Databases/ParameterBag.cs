using System.Collections.Concurrent;
using System.Reflection;

namespace Patchbay.Storage;

/// <summary>Query parameters from an anonymous object's properties, or from a dictionary; typed ids become their UUIDs.</summary>
internal static class ParameterBag
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> IdValues = new();

    public static IEnumerable<(string Name, object? Value)> Of(object parameters) =>
        parameters is IReadOnlyDictionary<string, object?> dictionary
            ? dictionary.Select(pair => (pair.Key, Plain(pair.Value)))
            : Properties.GetOrAdd(parameters.GetType(), type => type.GetProperties())
                .Select(property => (property.Name, Plain(property.GetValue(parameters))));

    private static object? Plain(object? value) =>
        value is not null && IdValues.GetOrAdd(value.GetType(), IdValue) is { } property ? property.GetValue(value) : value;

    private static PropertyInfo? IdValue(Type type) =>
        type.GetInterfaces().Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(ITypedId<>))
            ? type.GetProperty(nameof(TenantId.Value))
            : null;
}
