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
                "Patchbay.Storage.LedgerTableAttribute", static (node, _) => node is RecordDeclarationSyntax, static (record, _) => Write(record)),
            static (output, source) => output.AddSource(source.Name, source.Text));

    private static (string Name, string Text) Write(GeneratorAttributeSyntaxContext record) =>
        ($"{record.TargetSymbol.ToDisplayString()}.g.cs", new TableWriter((INamedTypeSymbol)record.TargetSymbol, record.Attributes[0]).Write());
}
