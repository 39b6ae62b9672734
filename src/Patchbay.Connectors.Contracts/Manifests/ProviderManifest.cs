namespace Patchbay.Connectors.Contracts;

/// <summary>How a provider protects against doing the same thing twice.</summary>
public enum ProviderIdempotency
{
    /// <summary>It takes an idempotency key: the same key may be sent again whatever happened.</summary>
    Native,

    /// <summary>It can be asked whether it knows our reference.</summary>
    Reference,

    /// <summary>It cannot.</summary>
    None,
}

/// <summary>Where a customer pays.</summary>
public enum ProviderCheckout
{
    /// <summary>On the provider's page, to which the hub's caller sends them.</summary>
    Redirect,

    /// <summary>In the caller's page, by a script of the provider's, or in a frame.</summary>
    Embed,

    /// <summary>Nowhere of the provider's: the caller has what is needed.</summary>
    Api,
}

/// <summary>Who tells that money arrived.</summary>
public enum ProviderSettlement
{
    /// <summary>The provider.</summary>
    Provider,

    /// <summary>A person, or a statement of the account: there is nobody to be called.</summary>
    Manual,
}

/// <summary>A provider as the catalog shows it: everything about it that is data. Written in YAML beside its connector.</summary>
public sealed record ProviderManifest
{
    /// <summary>Lower case letters, digits and underscores; also the folder's and the file's name.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required string Description { get; init; }

    /// <summary>Null when there is no logo.</summary>
    public string? Image { get; init; }

    public required Uri DocsUrl { get; init; }

    /// <summary>ISO 3166-1 alpha-2 codes, or <c>*</c>.</summary>
    public IReadOnlyList<string> Regions { get; init; } = ["*"];

    /// <summary>ISO 4217 codes, or <c>*</c>. Empty for providers that move no money.</summary>
    public IReadOnlyList<string> Currencies { get; init; } = [];

    /// <summary>Where its docs are, where there is nobody to be called.</summary>
    public required BaseUrls BaseUrls { get; init; }

    /// <summary>JSON Schema 2020-12 of the credentials, as JSON text.</summary>
    public required string CredentialsSchema { get; init; }

    /// <summary>Names of the credential fields marked <c>x-secret</c>.</summary>
    public required IReadOnlyList<string> SecretFields { get; init; }

    /// <summary>Names of the credential fields marked <c>x-multiline</c>: keys in PEM, which no header carries.</summary>
    public IReadOnlyList<string> MultilineFields { get; init; } = [];

    /// <summary>Names of texts that the connector reads from an integration's settings, beside limits and retries. Default none.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Null when the provider sends none.</summary>
    public ManifestWebhooks? Webhooks { get; init; }

    /// <summary>Null when the provider's API is not called with OAuth 2 access tokens.</summary>
    public ManifestOAuth? OAuth { get; init; }

    public ManifestLimits Limits { get; init; } = new();

    public ProviderIdempotency Idempotency { get; init; } = ProviderIdempotency.None;

    /// <summary>Of providers of payments.</summary>
    public ProviderCheckout Checkout { get; init; } = ProviderCheckout.Redirect;

    public ProviderSettlement Settlement { get; init; } = ProviderSettlement.Provider;

    /// <summary>It charges what customers have saved with it: see <see cref="PaymentRequest.Method"/>.</summary>
    public bool SavedMethods { get; init; }

    /// <summary>How the credentials are checked, in words.</summary>
    public required string Verify { get; init; }
}

/// <summary>Where a provider's API lives. Both may be the same.</summary>
public sealed record BaseUrls(Uri Live, Uri Sandbox);

/// <summary>How the provider calls back.</summary>
/// <param name="Signature">The scheme in words, for the docs and the console.</param>
/// <param name="Events">What to subscribe to at the provider.</param>
/// <param name="Secret">The credential that the provider gives only once it knows the address; null: there is none.</param>
/// <param name="Steps">What to do at the provider for it, in words.</param>
/// <param name="Account">The credential by which the provider's one address is shared; null: each integration has its own.</param>
public sealed record ManifestWebhooks(
    string Signature, IReadOnlyList<string> Events, string? Secret, IReadOnlyList<string> Steps, string? Account);

/// <summary>What the provider allows; overridable per integration.</summary>
/// <param name="RequestsPerSecond">Above zero.</param>
/// <param name="Concurrency">Calls at the same time; above zero.</param>
/// <param name="TimeoutSeconds">How long one call may take.</param>
public sealed record ManifestLimits(double RequestsPerSecond = 50, int Concurrency = 16, int TimeoutSeconds = 30);
