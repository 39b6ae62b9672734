using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Patchbay.Generators;

/// <summary>A property of a record that is stored.</summary>
/// <param name="Role">How the table declares its columns: the name of the method.</param>
/// <param name="Columns">Their names, unless they follow from the property's.</param>
/// <param name="StoredAs">What maps it by hand; null when its type says how.</param>
/// <param name="IsRead">False: it is computed, and stored for queries only.</param>
internal sealed record Member(
    string Name, ITypeSymbol Type, string Role, IReadOnlyList<string> Columns, ITypeSymbol? StoredAs, bool IsRead, bool IsParameter)
{
    private static readonly string[] Roles = ["Key", "Fixed", "InsertOnly", "Version"];

    /// <summary>In the order of their declaration, parameters first.</summary>
    public static IEnumerable<Member> Of(INamedTypeSymbol record, string role)
    {
        var parameters = record.Parts().Select(part => Of(part, part.Type, true, role, true));
        var properties = record.GetMembers().OfType<IPropertySymbol>()
            .Where(property => !property.IsStatic
                && property.DeclaringSyntaxReferences.Any(declared => declared.GetSyntax() is PropertyDeclarationSyntax))
            .Select(property => Of(property, property.Type, property.SetMethod is not null, role, false));
        return parameters.Concat(properties).OfType<Member>();
    }

    public Mapping? Map(string value) =>
        StoredAs is null ? Mapping.Of(Type, value, Name, Columns) : Mapping.By(StoredAs, value, Name, Columns);

    private static Member? Of(ISymbol symbol, ITypeSymbol type, bool isSet, string role, bool isParameter)
    {
        var column = symbol.Attribute("Column");
        role = Roles.FirstOrDefault(name => symbol.Attribute(name) is not null) ?? role;
        if (symbol.Attribute("NotStored") is not null || !isSet && column is null)
            return null;
        string[] names = column is null ? [] : [.. column.ConstructorArguments[0].Values.Select(name => (string)name.Value!)];
        var storedAs = symbol.Attribute("StoredAs")?.AttributeClass!.TypeArguments[0];
        return new Member(symbol.Name, type, role, names, storedAs, isSet, isParameter);
    }
}
