using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Patchbay.Generators;

/// <summary>How a value lies in columns.</summary>
/// <param name="Columns">Name of each, and the expression that is written to it.</param>
/// <param name="Read">The expression that makes the value of a row.</param>
internal sealed record Mapping(IReadOnlyList<(string Name, string Value)> Columns, string Read)
{
    private static readonly Dictionary<string, string> Plain = new()
    {
        ["string"] = "Text", ["int"] = "Int", ["long"] = "Long", ["double"] = "Double", ["bool"] = "Flag", ["byte[]"] = "Bytes",
        ["System.Guid"] = "Guid", ["System.DateTimeOffset"] = "Time",
    };

    /// <summary>By the type of the value; null when it says nothing.</summary>
    /// <param name="value">The expression that has it.</param>
    /// <param name="columns">Empty: they are named after the property.</param>
    public static Mapping? Of(ITypeSymbol declared, string value, string property, IReadOnlyList<string> columns)
    {
        var (type, isNullable) = declared.WithoutNull();
        var (name, written) = (ColumnName(columns, property, type), type.Written());
        var (find, dot) = isNullable ? ("Find", "?.") : ("", ".");
        if (Plain.TryGetValue(type.ToDisplayString(), out var method))
            return new([(name, value)], $"row.{find}{method}(\"{name}\")");
        if (type.IsTypedId())
            return new([(name, $"{value}{dot}Value")], $"row.{find}Id<{written}>(\"{name}\")");
        if (type.TypeKind == TypeKind.Enum)
            return new([(name, $"{value}{dot}ToWord()")], $"row.{find}Word<{written}>(\"{name}\")");
        if (type is INamedTypeSymbol { Name: "IReadOnlyList" } list)
            return new([(name, (isNullable ? $"{value} is null ? null : " : "") + $"string.Join(' ', {value})")],
                $"row.{find}List<{list.TypeArguments[0].Written()}>(\"{name}\")");
        if (type.IsParsable() && isNullable)
            return new([(name, $"{value}?.ToString()")], $"row.FindText(\"{name}\") is {{ }} @{name} ? {written}.Parse(@{name}) : null");
        if (type.IsParsable())
            return new([(name, $"{value}.ToString()")], $"{written}.Parse(row.Text(\"{name}\"))");
        return OfParts(type, isNullable ? value + "!" : value, property, columns);
    }

    /// <summary>By a type that is written by hand.</summary>
    public static Mapping By(ITypeSymbol by, string value, string property, IReadOnlyList<string> columns)
    {
        var name = ColumnName(columns, property, by);
        return new([(name, $"{by.Written()}.Write({value})")], $"{by.Written()}.Read(row, \"{name}\")!");
    }

    /// <summary>A record's parts, each in columns of its own.</summary>
    private static Mapping? OfParts(ITypeSymbol type, string value, string property, IReadOnlyList<string> columns)
    {
        var parts = type.Parts();
        if (columns.Count == 0 && parts.Count == 1)
            columns = [ColumnName([], property, type)];
        var mapped = parts
            .Select((part, i) => Of(part.Type, $"{value}.{part.Name}", part.Name, columns.Count == 0 ? [] : [columns[i]])).ToArray();
        if (mapped.Length == 0 || mapped.Contains(null))
            return null;
        var read = string.Join(", ", mapped.Select(part => part!.Read));
        return new([.. mapped.SelectMany(part => part!.Columns)], $"new {type.Written()}({read})");
    }

    /// <summary>As given, or in snake_case; a property that is named after the type of its id has <c>_id</c> besides.</summary>
    private static string ColumnName(IReadOnlyList<string> given, string property, ITypeSymbol type) => given.Count > 0
        ? given[0]
        : Regex.Replace(property + (type.Name == property + "Id" ? "Id" : ""), "(?<=[a-z0-9])[A-Z]", "_$0").ToLowerInvariant();
}
