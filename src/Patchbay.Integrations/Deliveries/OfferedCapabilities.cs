using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Deliveries;

/// <summary>The words for what the hub's features have providers do, which providers' manifests use, too.</summary>
public sealed class OfferedCapabilities(IEnumerable<ProviderCapability> declared)
{
    private readonly SortedSet<string> _words = new(
        declared.Select(capability => capability.Name).Where(Capabilities.Interfaces.ContainsKey), StringComparer.Ordinal);

    public void Check(string word, string field, Faults faults) =>
        faults.Require(_words.Contains(word), field, $"must be one of {string.Join(", ", _words)}");
}
