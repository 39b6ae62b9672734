using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.WaBusiness;

/// <summary>A template as a request has it. Which there are is not known here: any name in any language is approved.</summary>
internal static class WaBusinessTemplates
{
    /// <summary>The template that nobody has.</summary>
    public const string Missing = "missing";

    /// <summary>Its name, its language and its values, as the ledger shows it.</summary>
    public static string Written(JsonNode? template) => string.Join(
        ' ', Parameters(template).Select(parameter => (string?)parameter?["text"])
            .Prepend((string?)template?["language"]?["code"]).Prepend((string?)template?["name"])).TrimEnd();

    /// <summary>Null when it can be sent.</summary>
    public static (int Code, string Details)? Fault(JsonNode? template) => (
        (string?)template?["name"], (string?)template?["language"]?["code"]) switch
    {
        (null or "", _) => (131008, "The parameter template['name'] is required."),
        (_, null or "") => (131008, "The parameter template['language']['code'] is required."),
        (Missing, var language) => (132001, $"template name ({Missing}) does not exist in {language}"),
        _ when Parameters(template).Any(parameter => (string?)parameter?["text"] is null or "") =>
            (131008, "The parameter template['components'][0]['parameters'] has a value without a text."),
        _ => null,
    };

    private static IEnumerable<JsonNode?> Parameters(JsonNode? template) => (template?["components"] as JsonArray ?? [])
        .SelectMany(component => component?["parameters"] as JsonArray ?? []);
}
