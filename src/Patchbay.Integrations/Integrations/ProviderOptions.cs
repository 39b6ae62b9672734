using System.ComponentModel.DataAnnotations;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;

namespace Patchbay.Integrations.Integrations;

/// <summary>Settings under <c>Patchbay:Providers</c>, by provider name.</summary>
[Settings("Providers")]
public sealed class ProviderOptions() : Dictionary<string, ProviderOverride>(StringComparer.OrdinalIgnoreCase), IValidatableObject
{
    /// <param name="names">Of the providers there are.</param>
    /// <exception cref="SettingsException">A setting is of a provider that there is not.</exception>
    public void CheckNames(IReadOnlyList<string> names)
    {
        var unknown = Keys.Where(key => !names.Contains(key, StringComparer.OrdinalIgnoreCase)).ToList();
        if (unknown.Count > 0)
            throw new SettingsException(unknown.Select(key => $"Patchbay:Providers:{key} is not a provider{Nearest.Hint(key, names)}"));
    }

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
