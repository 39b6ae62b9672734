using Microsoft.CodeAnalysis;

namespace Patchbay.Generators;

/// <summary>What the tables ask of types.</summary>
internal static class Symbols
{
    public static string Written(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The type without the question mark, and whether it had one.</summary>
    public static (ITypeSymbol Type, bool IsNullable) WithoutNull(this ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } value
            ? (value.TypeArguments[0], true)
            : (type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), type.NullableAnnotation == NullableAnnotation.Annotated);

    /// <summary>An id, also one of this project whose members are being generated.</summary>
    public static bool IsTypedId(this ITypeSymbol type) => type.AllInterfaces.Any(implemented => implemented.Name == "ITypedId");

    public static bool IsParsable(this ITypeSymbol type) =>
        type.GetMembers("Parse").OfType<IMethodSymbol>().Any(parse =>
            parse is { IsStatic: true, Parameters.Length: 1 } && parse.Parameters[0].Type.SpecialType == SpecialType.System_String);

    /// <summary>The parameters of a record that are its properties, too; empty when there are none.</summary>
    public static IReadOnlyList<IParameterSymbol> Parts(this ITypeSymbol type) =>
        (type as INamedTypeSymbol)?.InstanceConstructors
            .Where(made => made.Parameters.Length > 0)
            .Where(made => made.Parameters.All(part => type.GetMembers(part.Name).OfType<IPropertySymbol>().Any()))
            .OrderByDescending(made => made.Parameters.Length).FirstOrDefault()?.Parameters ?? (IReadOnlyList<IParameterSymbol>)[];

    public static AttributeData? Attribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == name + "Attribute");
}
