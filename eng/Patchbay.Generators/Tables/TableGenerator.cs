using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Patchbay.Generators;

/// <summary>Writes the table of each record that is declared with <c>[LedgerTable("name")]</c>.</summary>
[Generator]
public sealed class TableGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName(
                "Patchbay.Storage.LedgerTableAttribute",
                static (node, _) => node is RecordDeclarationSyntax,
                static (table, _) => Write(table)),
            static (output, source) => output.AddSource(source.Name, source.Text));

    private static (string Name, string Text) Write(GeneratorAttributeSyntaxContext table)
    {
        var record = (INamedTypeSymbol)table.TargetSymbol;
        return ($"{record.ToDisplayString()}.g.cs", new TableWriter(record, table.Attributes[0]).Write());
    }
}
