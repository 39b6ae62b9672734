using System.Reflection;

namespace Patchbay.Platform.Api;

/// <summary>What is declared by standing in a static field, and listed nowhere: types of events, error codes.</summary>
public static class Declarations
{
    /// <summary>Each once, also when several fields hold it; in no particular order.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<Type> types)
        where T : class => types
        .Where(type => !type.ContainsGenericParameters)
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => field.FieldType == typeof(T))
        .Select(field => (T)field.GetValue(null)!)
        .Distinct();
}
