using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Catalog;

/// <summary>Checks entered credentials against a manifest's JSON Schema, draft 2020-12.</summary>
public sealed class CredentialSchema
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.Hierarchical, RequireFormatValidation = true };

    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    public void Validate(Provider provider, JsonObject credentials, Faults faults)
    {
        foreach (var (name, value) in credentials.Where(field => !provider.Manifest.MultilineFields.Contains(field.Key)))
        {
            var given = value is JsonValue entry && entry.TryGetValue<string>(out var characters) ? characters : "";
            faults.Sendable(given, $"credentials.{name}");
            if (!given.Any(char.IsControl) && provider.Manifest.SecretFields.Contains(name) && given.Any(char.IsWhiteSpace))
                faults.Add($"credentials.{name}", "has white space in it");
        }

        var text = provider.Manifest.CredentialsSchema;
        // A registry of its own: in the common one two schemas with the same $id would meet.
        var schema = _schemas.GetOrAdd(provider.Name, _ =>
            JsonSchema.FromText(text, new BuildOptions { Dialect = Dialect.Draft202012, SchemaRegistry = new SchemaRegistry() }));
        var found = schema.Evaluate(JsonSerializer.SerializeToElement(credentials), Options);
        if (!found.IsValid)
            new CredentialFaults(JsonNode.Parse(text)!, credentials, faults).Add(found);
    }
}
