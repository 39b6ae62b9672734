using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Patchbay.Tests.Architecture;

/// <summary>
/// What the hub says that it may tell, it can tell: some code makes every status, tells of every event type and refuses for every reason.
/// Code that only asks for one, to compare it or to choose by it, does not count.
/// </summary>
public sealed partial class DeclaredWordsTests
{
    [Fact]
    public void Every_status_can_come_about()
    {
        var made = Sources.All.Names.Where(name => name.Symbol is IFieldSymbol && !IsAskedFor(name.At) && !IsInDeclaration(name.At))
            .Select(name => NameOf(name.Symbol)).ToHashSet();

        var never = Fields<EnumDeclarationSyntax>().Where(one => Progress().IsMatch(one.Of.Identifier.ValueText)).SelectMany(one =>
            one.Of.Members.Select(member => $"{one.Namespace}.{one.Of.Identifier.ValueText}.{member.Identifier.ValueText}"))
            .Where(member => !made.Contains(member));

        Assert.Empty(never);
    }

    [Fact]
    public void Every_event_type_is_told_of_and_every_error_is_given()
    {
        var used = Sources.All.Names.Where(name => name.Symbol is IFieldSymbol).Where(name => FieldAround(name.At) != NameOf(name.Symbol))
            .Select(name => NameOf(name.Symbol)).ToHashSet();

        var never = Fields<FieldDeclarationSyntax>().Where(one => IsDeclaration(one.Of)).SelectMany(one =>
            one.Of.Declaration.Variables.Select(variable => $"{one.Namespace}.{TypeOf(one.Of)}.{variable.Identifier.ValueText}"))
            .Where(field => !used.Contains(field));

        Assert.Empty(never);
    }

    /// <summary>Enums by whose names one sees that the hub decides about them, and callers do not.</summary>
    [GeneratedRegex("(?<!^Resolved)(Status|State|Outcome|Reason|Phase|Fault)$")]
    private static partial Regex Progress();

    private static IEnumerable<(string Namespace, T Of)> Fields<T>()
        where T : MemberDeclarationSyntax =>
        Sources.All.Files.Where(file => !file.Folder.StartsWith("Sandbox/", StringComparison.Ordinal))
            .SelectMany(file => file.Tree.GetRoot().DescendantNodes().OfType<T>())
            .Select(member => (NamespaceOf(member), member));

    private static bool IsDeclaration(FieldDeclarationSyntax field) =>
        field.Modifiers.Any(SyntaxKind.StaticKeyword) && field.Declaration.Type.ToString() is "EventType" or "ErrorCode" or "Error";

    private static string TypeOf(SyntaxNode member) => member.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Identifier.ValueText;

    private static string NameOf(ISymbol symbol) => $"{symbol.ContainingNamespace}.{symbol.ContainingType?.Name}.{symbol.Name}";

    private static string? FieldAround(SyntaxNode at) =>
        at.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { Parent.Parent: FieldDeclarationSyntax field } variable
            ? $"{NamespaceOf(field)}.{TypeOf(field)}.{variable.Identifier.ValueText}" : null;

    private static string NamespaceOf(SyntaxNode member) =>
        member.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString() ?? "";

    /// <summary>The example of an event type is no event.</summary>
    private static bool IsInDeclaration(SyntaxNode at) =>
        at.FirstAncestorOrSelf<FieldDeclarationSyntax>() is { } field && IsDeclaration(field);

    private static bool IsAskedFor(SyntaxNode at) => at.Ancestors()
        .TakeWhile(node => node is not (StatementSyntax or SwitchExpressionArmSyntax or LambdaExpressionSyntax or ArgumentSyntax))
        .Any(node => node is PatternSyntax or CaseSwitchLabelSyntax || node.IsKind(SyntaxKind.EqualsExpression)
            || node.IsKind(SyntaxKind.NotEqualsExpression) || node.IsKind(SyntaxKind.IsExpression));
}
