using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Patchbay.Connectors.Tests;

/// <summary>Reads the files kept in <c>Specs/</c> and <c>Recordings/</c>.</summary>
internal static partial class SpecFile
{
    public static JsonObject ReadJson(string name) => (JsonObject)JsonNode.Parse(Open(name).ReadToEnd())!;

    public static bool Exists(string name) => typeof(SpecFile).Assembly.GetManifestResourceInfo("specs/" + name) is not null;

    /// <param name="folder">With a closing slash.</param>
    public static JsonObject ReadYaml(string name, string folder = "specs/")
    {
        var stream = new YamlStream();
        stream.Load(Open(name, folder));
        return (JsonObject)ToJson(stream.Documents[0].RootNode)!;
    }

    private static StreamReader Open(string name, string folder = "specs/") =>
        new(typeof(SpecFile).Assembly.GetManifestResourceStream(folder + name) ?? throw new FileNotFoundException(folder + name));

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(
            mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, ToJson(child.Value)))),
        YamlSequenceNode sequence => new JsonArray(sequence.Children.Select(ToJson).ToArray()),
        YamlScalarNode { Style: not ScalarStyle.Plain } quoted => JsonValue.Create(quoted.Value),
        YamlScalarNode { Value: "true" } => JsonValue.Create(true),
        YamlScalarNode { Value: "false" } => JsonValue.Create(false),
        YamlScalarNode { Value: null or "" or "null" } => null,
        YamlScalarNode plain when Number().IsMatch(plain.Value!) =>
            JsonValue.Create(decimal.Parse(plain.Value!, System.Globalization.CultureInfo.InvariantCulture)),
        YamlScalarNode plain => JsonValue.Create(plain.Value),
        _ => null,
    };

    [GeneratedRegex(@"^-?\d{1,20}(\.\d+)?$")]
    private static partial Regex Number();
}
