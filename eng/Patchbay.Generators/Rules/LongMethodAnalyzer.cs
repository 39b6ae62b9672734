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
        "PB0002", "Body is too long", $"The body has {{0}} lines; at most {Most} are read at a glance", "Reading", DiagnosticSeverity.Warning, true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(Check, SyntaxKind.Block, SyntaxKind.ArrowExpressionClause);
    }

    private static void Check(SyntaxNodeAnalysisContext context)
    {
        if (context.Node.Parent is not (BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or BasePropertyDeclarationSyntax))
            return;
        var span = context.Node.GetLocation().GetLineSpan();
        var lines = span.EndLinePosition.Line - span.StartLinePosition.Line + (context.Node is BlockSyntax ? -1 : 1);   // the braces are no part of it
        if (lines > Most)
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Node.GetFirstToken().GetLocation(), lines));
    }
}
