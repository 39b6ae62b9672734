using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Catalog;

/// <summary>Checks entered credentials against a manifest's JSON Schema.</summary>
public sealed class CredentialSchema
{
    private readonly ConcurrentDictionary<string, Task<JsonSchema>> _schemas = new(StringComparer.Ordinal);

    public async Task ValidateAsync(Provider provider, JsonObject credentials, Faults faults)
    {
        var schema = await _schemas.GetOrAdd(provider.Name, _ => JsonSchema.FromJsonAsync(provider.Manifest.CredentialsSchema));
        foreach (var fault in schema.Validate(credentials.ToJsonString()))
            Add(fault, faults);
    }

    private static void Add(ValidationError fault, Faults faults)
    {
        var field = fault.Property is { Length: > 0 } property ? "credentials." + property : "credentials";
        faults.Add(field, fault.Kind switch
        {
            ValidationErrorKind.PropertyRequired => "is required",
            ValidationErrorKind.PatternMismatch => $"does not have the form {fault.Schema.Pattern}",
            ValidationErrorKind.NoAdditionalPropertiesAllowed => "is not a credential of this provider",
            ValidationErrorKind.StringExpected => "must be text",
            ValidationErrorKind.NotAnyOf or ValidationErrorKind.NotOneOf => "lacks one of several alternatives; see the provider's credential schema",
            var other => $"is not valid ({other})",
        });
    }
}
