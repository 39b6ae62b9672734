using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Patchbay.Storage;

namespace Patchbay.Generators.Tests;

/// <summary>Source as the compiler sees it, with the hub's storage at hand.</summary>
internal static class Compiled
{
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(Database).Assembly.Location).Distinct().Select(file => MetadataReference.CreateFromFile(file))];

    public static CSharpCompilation Of(string source) => CSharpCompilation.Create(
        "Sample", [CSharpSyntaxTree.ParseText(source)], References,
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static Task<ImmutableArray<Diagnostic>> AnalyzedBy(
        this CSharpCompilation compilation, DiagnosticAnalyzer analyzer, CancellationToken cancellationToken) =>
        compilation.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync(cancellationToken);
}
