using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Patchbay.Generators;

/// <summary>PB0002: a method, constructor, accessor or local function that is more than one idea.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LongMethodAnalyzer : DiagnosticAnalyzer
{
    public const int Most = 45;

    private static readonly DiagnosticDescriptor Rule = new(
        "PB0002", "Body is too long", $"The body has {{0}} lines; at most {Most} are read at a glance", "Reading",
        DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(Check, SyntaxKind.Block, SyntaxKind.ArrowExpressionClause);
    }

    private static void Check(SyntaxNodeAnalysisContext context)
    {
        if (context.Node.Parent is not (BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax
            or AccessorDeclarationSyntax or LocalFunctionStatementSyntax))
            return;
        var span = context.Node.GetLocation().GetLineSpan();
        var braces = context.Node is BlockSyntax ? 2 : 0;   // no part of it
        var lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1 - braces;
        if (lines > Most)
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Node.GetFirstToken().GetLocation(), lines));
    }
}
