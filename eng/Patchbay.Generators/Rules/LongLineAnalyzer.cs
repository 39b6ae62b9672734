using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Patchbay.Generators;

/// <summary>PB0001: a line that does not fit beside another file on a screen. What a raw string quotes has the lines that it has.</summary>
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
        var root = context.Tree.GetRoot(context.CancellationToken);
        foreach (var line in context.Tree.GetText(context.CancellationToken).Lines.Where(line => line.Span.Length > Most && !IsQuoted(root, line)))
            context.ReportDiagnostic(Diagnostic.Create(Rule, Location.Create(context.Tree, line.Span), line.Span.Length));
    }

    private static bool IsQuoted(SyntaxNode root, TextLine line)
    {
        var token = root.FindToken(line.Start + Most);
        return token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken) || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken)
            || token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>()?.StringStartToken.Text.Contains("\"\"\"") == true;
    }
}
