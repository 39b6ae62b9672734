using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Patchbay.Generators;

/// <summary>PB0001: a line that does not fit beside another file on a screen.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LongLineAnalyzer : DiagnosticAnalyzer
{
    public const int Most = 140;

    private static readonly DiagnosticDescriptor Rule = new(
        "PB0001", "Line is too long", $"The line has {{0}} characters; at most {Most} are read with ease", "Reading",
        DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxTreeAction(Check);
    }

    private static void Check(SyntaxTreeAnalysisContext context)
    {
        foreach (var line in context.Tree.GetText(context.CancellationToken).Lines.Where(line => line.Span.Length > Most))
            context.ReportDiagnostic(Diagnostic.Create(Rule, Location.Create(context.Tree, line.Span), line.Span.Length));
    }
}
