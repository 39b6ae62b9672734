using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Patchbay.Generators.Tests;

public sealed class TableGeneratorTests
{
    private const string Note = """
        using System;
        using Patchbay.Storage;

        namespace Sample;

        [TypedId("not")]
        public readonly partial record struct NoteId : ITypedId<NoteId>;

        public enum Colour { Red, DarkBlue }

        public readonly record struct Range(long Lowest, long Highest);

        public readonly record struct NoteKey(TenantId Tenant, NoteId Id);

        [LedgerTable("notes")]
        public sealed partial record Note
        {
            [Key] public required TenantId TenantId { get; init; }
            [Key] public required NoteId Id { get; init; }
            [Fixed, Column("of_range", "to_range")] public Range Range { get; init; }
            [InsertOnly] public byte[] Body { get; init; } = [];
            public Colour? Shade { get; init; }
            [NotStored] public object? Companion { get; init; }
            [Column] public bool IsLong => Body.Length > 9;
            [Version] public int Version { get; init; }
            public NoteKey Key => new(TenantId, Id);
        }
        """;

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public void A_table_and_an_id_compile_without_a_warning_and_declare_each_column_once()
    {
        var (text, errors) = Generate(Note);

        Assert.Empty(errors);
        Assert.Contains("""
                    Key("tenant_id", key => key.Tenant.Value);
                    Key("id", key => key.Id.Value);
                    Fixed("of_range", row => row.Range.Lowest);
                    Fixed("to_range", row => row.Range.Highest);
                    InsertOnly("body", row => row.Body);
                    Mutable("shade", row => row.Shade?.ToWord());
                    Mutable("is_long", row => row.IsLong);
                    Version("version", row => row.Version, (row, version) => row with { Version = version });
                }
            """, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_without_a_column_is_an_error_that_names_it()
    {
        var (_, errors) = Generate(Note.Replace("[NotStored] ", "", StringComparison.Ordinal));

        Assert.Contains(errors, error => error.Contains("Note.Companion: no columns", StringComparison.Ordinal));
    }

    [Fact]
    public void A_record_without_a_key_is_an_error_that_says_what_to_do()
    {
        var (_, errors) = Generate(Note.Replace("    public NoteKey Key => new(TenantId, Id);\n", "", StringComparison.Ordinal));

        Assert.Contains(errors, error => error.Contains("Note: mark one property or parameter [Key]", StringComparison.Ordinal));
    }

    [Fact]
    public void What_did_not_change_is_not_written_again()
    {
        var compilation = Compiled.Of(Note);
        var changed = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Other;", cancellationToken: _ct));

        var again = Driver().RunGenerators(compilation, _ct).RunGenerators(changed, _ct).GetRunResult();

        var steps = again.Results.SelectMany(result => result.TrackedOutputSteps).SelectMany(step => step.Value);
        var outputs = steps.SelectMany(step => step.Outputs).ToArray();
        Assert.Equal(2, outputs.Length);
        Assert.All(outputs, output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    private (string Text, string[] Errors) Generate(string source)
    {
        var compilation = Compiled.Of(source);
        Driver().RunGeneratorsAndUpdateCompilation(compilation, out var whole, out _, _ct);
        return (
            string.Concat(whole.SyntaxTrees.Except(compilation.SyntaxTrees).Select(tree => tree.ToString())),
            [.. whole.GetDiagnostics(_ct).Where(found => found.Severity >= DiagnosticSeverity.Warning).Select(found => found.ToString())]);
    }

    private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new TypedIdGenerator().AsSourceGenerator(), new TableGenerator().AsSourceGenerator()],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
