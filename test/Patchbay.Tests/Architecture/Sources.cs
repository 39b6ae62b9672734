using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Patchbay.Generators;
using Patchbay.TestKit;

namespace Patchbay.Tests.Architecture;

/// <summary>A file uses a type that is declared in another folder.</summary>
/// <param name="From">PROJECT/FOLDER without <c>Patchbay.</c>; <c>PROJECT/.</c> for files that lie in the project itself.</param>
internal sealed record Use(string From, string File, string To, string Type);

/// <summary>A name in the sources, and what it stands for.</summary>
internal sealed record Named(string File, SimpleNameSyntax At, ISymbol Symbol);

/// <summary>
/// All sources under <c>src</c>, compiled project by project as the build does, so that what a name stands for is known and not guessed.
/// What generators of the framework add is not there; nothing depends on it that the sources do not say.
/// </summary>
internal sealed class Sources
{
    private static readonly string Usings = Global(
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
        "System.Threading.Tasks");

    private static readonly string WebUsings = Global(
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging");

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview);
    private static readonly Lazy<Sources> Loaded = new(() => new Sources());

    private readonly Dictionary<string, CSharpCompilation> _projects = [];
    private readonly MetadataReference[] _references;

    private Sources()
    {
        _references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("patchbay", StringComparison.OrdinalIgnoreCase))
            .Select(path => MetadataReference.CreateFromFile(path))];
        foreach (var project in Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories))
            Compile(project);
        Names = [.. _projects.Values.SelectMany(NamesOf)];
        Uses = [.. Names.GroupBy(name => name.File).SelectMany(UsesOf)];
    }

    public static Sources All => Loaded.Value;

    public static string Root { get; } = Path.Combine(Repository.Root, "src");

    public IReadOnlyList<Named> Names { get; }

    public IReadOnlyList<Use> Uses { get; }

    /// <summary>Every file, with its tree.</summary>
    public IEnumerable<(string Folder, SyntaxTree Tree)> Files =>
        _projects.Values.SelectMany(project => project.SyntaxTrees).Where(tree => tree.FilePath.Length > 0)
            .Select(tree => (FolderOf(tree.FilePath), tree));

    /// <summary>PROJECT/FOLDER, or PROJECT/FOLDER/FOLDER for a room within a room.</summary>
    public static string FolderOf(string file)
    {
        var parts = Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar);
        return string.Join('/', [parts[0].Replace("Patchbay.", "", StringComparison.Ordinal), .. parts.Length == 2 ? ["."] : parts[1..^1]]);
    }

    private static string Global(params string[] namespaces) => string.Concat(namespaces.Select(name => $"global using {name};"));

    private CSharpCompilation Compile(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (_projects.TryGetValue(name, out var known))
            return known;
        var project = XDocument.Load(path);
        var folder = Path.GetDirectoryName(path)!;
        var below = project.Descendants("ProjectReference").Where(reference => reference.Attribute("OutputItemType") is null)
            .Select(reference => Compile(Path.GetFullPath(Path.Combine(folder, reference.Attribute("Include")!.Value))))
            .SelectMany(one => one.References.OfType<CompilationReference>().Append(one.ToMetadataReference()))
            .DistinctBy(reference => reference.Compilation);
        var usings = Usings + (project.Root!.Attribute("Sdk")!.Value.EndsWith("Web", StringComparison.Ordinal) ? WebUsings : "");
        var trees = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(IsSource)
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Language, file))
            .Append(CSharpSyntaxTree.ParseText(usings, Language));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return _projects[name] = WithGenerated(CSharpCompilation.Create(name, trees, [.. _references, .. below], options));

        bool IsSource(string file) => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin");
    }

    /// <summary>Also the ids and tables that the hub's own generators write, each in the file that declares it.</summary>
    private static CSharpCompilation WithGenerated(CSharpCompilation sources)
    {
        var driver = CSharpGeneratorDriver.Create(
            [new TypedIdGenerator().AsSourceGenerator(), new TableGenerator().AsSourceGenerator()], parseOptions: Language);
        return sources.AddSyntaxTrees(driver.RunGenerators(sources).GetRunResult().Results.SelectMany(result => result.GeneratedSources)
            .Select(made => CSharpSyntaxTree.ParseText(made.SourceText, Language, FileOf(made.HintName))));

        string FileOf(string hint) => sources.GetTypeByMetadataName(hint.Replace(".g.cs", "", StringComparison.Ordinal))!
            .DeclaringSyntaxReferences[0].SyntaxTree.FilePath;
    }

    private static IEnumerable<Named> NamesOf(CSharpCompilation project) =>
        project.SyntaxTrees.Where(tree => tree.FilePath.Length > 0).SelectMany(tree =>
        {
            var model = project.GetSemanticModel(tree);
            return tree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>()
                .Select(name => (At: name, Info: model.GetSymbolInfo(name)))
                .Select(name => (name.At, Symbol: name.Info.Symbol ?? name.Info.CandidateSymbols.FirstOrDefault()))
                .Where(name => name.Symbol is not null).Select(name => new Named(tree.FilePath, name.At, name.Symbol!));
        });

    private static IEnumerable<Use> UsesOf(IGrouping<string, Named> names)
    {
        var from = FolderOf(names.Key);
        return names.Select(name => TypeOf(name.Symbol)).OfType<INamedTypeSymbol>()
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
            .Select(type => (Type: type, File: type.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath))
            .Where(found => !string.IsNullOrEmpty(found.File) && FolderOf(found.File) != from)
            .Select(found => new Use(from, Path.GetFileName(names.Key), FolderOf(found.File!), found.Type.Name));
    }

    private static INamedTypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        INamedTypeSymbol type => type.OriginalDefinition,
        IMethodSymbol { ReducedFrom: { } extension } => extension.ContainingType.OriginalDefinition,
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType?.OriginalDefinition,
        _ => null,
    };
}
