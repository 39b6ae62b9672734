using System.Xml.Linq;
using Patchbay.TestKit;

namespace Patchbay.Tests.Architecture;

/// <summary>The direction of the arrows between the projects, as docs/architecture.md has them.</summary>
public sealed class ProjectReferencesTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Patchbay.Generators"] = [],   // every project in src is compiled with it; none refers to it
        ["Patchbay.Connectors.Contracts"] = [],
        ["Patchbay.Storage"] = [],
        ["Patchbay.Connectors"] = ["Patchbay.Connectors.Contracts"],
        ["Patchbay.Sandbox"] = ["Patchbay.Connectors.Contracts"],
        ["Patchbay.Engine"] = ["Patchbay.Connectors.Contracts", "Patchbay.Storage"],
        ["Patchbay.Platform"] = ["Patchbay.Engine"],
        ["Patchbay.Integrations"] = ["Patchbay.Platform"],
        ["Patchbay.Hub"] = ["Patchbay.Integrations"],
        ["Patchbay.Console"] = ["Patchbay.Hub"],
        ["Patchbay.Server"] = ["Patchbay.Hub"],
        ["Patchbay"] = ["Patchbay.Connectors", "Patchbay.Console", "Patchbay.Sandbox", "Patchbay.Server"],
    };

    [Fact]
    public void Every_project_references_only_what_lies_below_it()
    {
        var wrong = Projects().SelectMany(project => project.References
            .Where(reference => !Allowed.TryGetValue(project.Name, out var allowed) || !allowed.Contains(reference))
            .Select(reference => $"{project.Name} references {reference}"));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_project_has_its_place_in_the_order() =>
        Assert.All(Projects(), project => Assert.Contains(project.Name, Allowed.Keys));

    [Fact]
    public void The_contracts_depend_on_no_package_but_the_reader_of_manifests()
    {
        var project = XDocument.Load(
            Path.Combine(Repository.Root, "src", "Patchbay.Connectors.Contracts", "Patchbay.Connectors.Contracts.csproj"));

        Assert.Equal(["YamlDotNet"], project.Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value));
    }

    private static IEnumerable<(string Name, string[] References)> Projects() =>
        new[] { "eng", "src" }.SelectMany(folder => Directory.EnumerateFiles(
            Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories)).Select(file => (
            Path.GetFileNameWithoutExtension(file),
            XDocument.Load(file).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
                .ToArray()));
}
