using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Patchbay.Tests.Architecture;

/// <summary>Folders use each other in one direction only: <see cref="Floors"/>.</summary>
public sealed class FolderFloorsTests
{
    [Fact]
    public void Every_folder_has_its_place() =>
        Assert.All(Sources.All.Files.Select(file => file.Folder)
            .Distinct(), folder => Assert.True(LevelOf(folder) >= 0, $"{folder} has no place in Floors."));

    [Fact]
    public void A_folder_uses_only_what_lies_below_it() => None(Sources.All.Uses
        .Where(
            use => ProjectOf(use.From) == ProjectOf(use.To) && RoomOf(use.From) != RoomOf(use.To) && LevelOf(use.To) >= LevelOf(use.From))
        .Select(use => $"{use.From}/{use.File} uses {use.To}: {use.Type}"));

    [Fact]
    public void Features_know_each_other_only_as_declared_and_never_each_others_tables() => None(Sources.All.Uses
        .Where(use => ProjectOf(use.From) == "Hub" && ProjectOf(use.To) == "Hub" && FeatureOf(use.From) != FeatureOf(use.To))
        .Where(use => use.Type.EndsWith("Table", StringComparison.Ordinal)
            || !Floors.Features.GetValueOrDefault(FeatureOf(use.From), []).Contains(FeatureOf(use.To)))
        .Select(use => $"{use.From}/{use.File} uses {use.To}: {use.Type}"));

    [Fact]
    public void Only_the_server_and_the_executable_name_more_than_one_feature() => None(Sources.All.Uses
        .Where(use => ProjectOf(use.To) == "Hub" && ProjectOf(use.From) is not ("Hub" or "Server" or "Patchbay"))
        .Select(use => $"{use.From}/{use.File} uses {use.To}"));

    [Fact]
    public void A_namespace_is_called_as_its_folder()
    {
        string[] flat = ["Connectors.Contracts", "Engine", "Storage"];   // packages: what is in them is used by their name

        None(Sources.All.Files.Where(file => !flat.Contains(ProjectOf(file.Folder)))
            .SelectMany(file => file.Tree.GetRoot().DescendantNodes()
            .OfType<BaseNamespaceDeclarationSyntax>().Select(declared => declared.Name.ToString())
            .Where(name => name != ExpectedNamespace(file.Folder)).Select(name => $"{file.Folder}: {name}")));
    }

    /// <summary>All that is wrong, a line each.</summary>
    private static void None(IEnumerable<string> faults)
    {
        if (string.Join(Environment.NewLine, faults) is { Length: > 0 } text)
            Assert.Fail(text);
    }

    private static string ExpectedNamespace(string folder)
    {
        var name = string.Join('.', folder.Split('/').Where(part => part is not ("." or "Patchbay")));
        return name.Length == 0 ? "Patchbay" : "Patchbay." + name;
    }

    private static string FeatureOf(string folder) => folder.Split('/')[1];

    private static string ProjectOf(string folder) => folder[..folder.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The declared room that a folder belongs to: itself, or the folder around it.</summary>
    private static string RoomOf(string folder)
    {
        var project = ProjectOf(folder);
        var room = folder[(project.Length + 1)..];
        while (!IsDeclared(project, room) && room.LastIndexOf('/') is var slash and > 0)
            room = room[..slash];
        return $"{project}/{room}";
    }

    private static bool IsDeclared(string project, string room) => Floors.Rooms[project].Any(line => line.Contains(room));

    /// <summary>The line it stands in; -1 when it has no place.</summary>
    private static int LevelOf(string folder)
    {
        var room = RoomOf(folder);
        var project = ProjectOf(folder);
        var lines = Floors.Rooms[project];
        var named = Array.FindIndex(lines, line => line.Contains(room[(project.Length + 1)..]));
        return named >= 0 ? named : Array.FindIndex(lines, line => line.Contains(Floors.AnyOther));
    }
}
