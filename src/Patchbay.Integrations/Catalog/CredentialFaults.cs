using System.Text.Json.Nodes;
using Json.Pointer;
using Json.Schema;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Catalog;

/// <summary>Says in the words of a form what a schema found wrong with credentials.</summary>
internal sealed class CredentialFaults(JsonNode schema, JsonObject credentials, Faults faults)
{
    public void Add(EvaluationResults found)
    {
        foreach (var (keyword, message) in found.Errors ?? new Dictionary<string, string>())
            Add(found, keyword, message);
        var parts = (found.Details ?? []).ToLookup(part => Keyword(found, part));
        foreach (var part in parts.Where(parts => parts.Key is not ("if" or "not" or "contains" or "anyOf" or "oneOf"))
            .SelectMany(parts => parts).Where(part => !part.IsValid))
            Add(part);
        // What one alternative lacks is no fault while another holds, and no help when none does.
        if (parts.Contains("anyOf") && !parts["anyOf"].Any(part => part.IsValid))
            faults.Add(Field(found.InstanceLocation), Alternatives(found, "anyOf"));
    }

    private void Add(EvaluationResults found, string keyword, string message)
    {
        var field = Field(found.InstanceLocation);
        var part = At(schema, found.EvaluationPath) as JsonObject;
        var rule = part?[keyword];
        switch (keyword)
        {
            case "required" when rule is JsonArray names:
                var present = At(credentials, found.InstanceLocation) as JsonObject;
                foreach (var name in names.Select(name => name!.GetValue<string>()).Where(name => present?.ContainsKey(name) != true))
                    faults.Add($"{field}.{name}", "is required");
                break;
            case "pattern":
                faults.Add(field, $"does not have the right form: {part?["x-pattern-hint"] ?? "see the provider's credential schema"}");
                break;
            case "minLength":
                faults.Add(field, $"is too short; it has at least {rule} characters");
                break;
            case "type" when rule?.ToString() == "string":
                faults.Add(field, "must be text");
                break;
            case "oneOf":
                faults.Add(field, Alternatives(found, keyword));
                break;
            case "enum" when rule is JsonArray words:
                faults.Add(field, $"must be one of {string.Join(", ", words)}");
                break;
            case "maxLength":
                faults.Add(field, $"is too long; it has at most {rule} characters");
                break;
            case "type":
                faults.Add(field, $"must be {(rule is JsonArray types ? string.Join(" or ", types) : rule)}");
                break;
            case "" when found.EvaluationPath.ToString()
                .EndsWith("Properties", StringComparison.Ordinal):   // additional or unevaluated ones, which are false
                faults.Add(field, "is not a credential of this provider" + Nearest.Hint(field.Split('.')[^1], Names()));
                break;
            case "":
                faults.Add(field, "is not allowed");
                break;
            default:
                faults.Add(field, $"is not valid: {message}");
                break;
        }
    }

    private IEnumerable<string> Names() => (schema["properties"] as JsonObject ?? []).Select(property => property.Key);

    /// <summary>What each alternative would need.</summary>
    private string Alternatives(EvaluationResults found, string keyword)
    {
        var ways = (At(schema, found.EvaluationPath)?[keyword] as JsonArray ?? []).Select(way => way?["required"] as JsonArray).ToList();
        return ways.Count > 0 && ways.All(names => names is not null)
            ? $"needs one of: {string.Join("; ", ways.Select(names => string.Join(" and ", names!)))}"
            : "fits none of several alternatives; see the provider's credential schema";
    }

    /// <summary>The keyword of the schema that a part of its result belongs to.</summary>
    private static string Keyword(EvaluationResults whole, EvaluationResults part) =>
        part.EvaluationPath.ToString()[whole.EvaluationPath.ToString().Length..].Split('/', 3)[1];

    private static string Field(JsonPointer location) => "credentials" + location.ToString().Replace('/', '.');

    private static JsonNode? At(JsonNode root, JsonPointer location) => location.TryEvaluate(root, out var node) ? node : null;
}
