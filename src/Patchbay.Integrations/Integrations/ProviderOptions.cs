using System.ComponentModel.DataAnnotations;
using Patchbay.Platform.Features;

namespace Patchbay.Integrations.Integrations;

/// <summary>Settings under <c>Patchbay:Providers</c>, by provider name.</summary>
[Settings("Providers")]
public sealed class ProviderOptions : Dictionary<string, ProviderOverride>, IValidatableObject
{
    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        this.Where(pair => pair.Value.BaseUrl is not { IsAbsoluteUri: true })
            .Select(pair => new ValidationResult($"{pair.Key}:BaseUrl must be an absolute address."));
}

/// <summary>What an operator changes about one provider.</summary>
public sealed class ProviderOverride
{
    /// <summary>Points the provider elsewhere, a sandbox for example. Null: the manifest's address for the integration's mode.</summary>
    public Uri? BaseUrl { get; set; }
}
