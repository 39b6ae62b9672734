namespace Patchbay.Hub.Integrations;

/// <summary>Settings under <c>Patchbay:Providers</c>, by provider name.</summary>
public sealed class ProviderOptions : Dictionary<string, ProviderOverride>;

/// <summary>What an operator changes about one provider.</summary>
public sealed class ProviderOverride
{
    /// <summary>Points the provider elsewhere, a sandbox for example. Null: the manifest's address for the integration's mode.</summary>
    public Uri? BaseUrl { get; set; }
}
