using System.Text.Json.Nodes;
using Patchbay.Integrations.Catalog;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Integrations;

/// <summary>What a person may enter of an integration, new or changed.</summary>
internal static class IntegrationInput
{
    /// <param name="provider">Null when it is not known; then the capabilities cannot be checked.</param>
    public static void Check(
        string? name, string? companyId, JsonObject? settings, IReadOnlyList<string>? capabilities, Provider? provider, Faults faults)
    {
        faults.OptionalText(name, "name", 100);
        faults.OptionalText(companyId, "company_id", 100);
        if (settings is not null)
        {
            IntegrationSettings.Read(settings, faults);
            if (provider is not null)
                IntegrationSettings.Check(settings, provider.Manifest, faults);
        }

        if (provider is null || capabilities is null)
            return;
        faults.Require(capabilities.Count > 0, "capabilities", "must name at least one");
        foreach (var capability in capabilities.Except(provider.Manifest.Capabilities))
            faults.Add("capabilities", $"'{capability}' is not offered by {provider.Name}");
    }
}
