using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Tokens;
using Patchbay.Platform.Network;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>An integration ready to be used for one call.</summary>
public sealed record OpenIntegration(
    Integration Integration, Provider Provider, Connection Connection, IntegrationSettings Settings, ProviderHttp Http)
{
    /// <summary>Null where the API is not called with access tokens.</summary>
    internal IntegrationTokens? Tokens { get; init; }

    public required UnmappedCodes Unmapped { get; init; }

    public T Make<T>()
        where T : class => Provider.Make<T>(Http);

    /// <summary>
    /// Makes a call, and says what came of it. Providers repeat in their messages what they were sent: secrets stay out of them, too.
    /// </summary>
    public async Task<CallReport> CallAsync<T>(Func<Task<Result<T, ProviderFailure>>> call)
    {
        var result = UnsendableFields.Refuse(Connection, Provider.Manifest.MultilineFields) is { } unsendable ? unsendable : await call();
        if (result.IsSuccess)
        {
            Unmapped.Look(Provider.Name, result.Value);
            return new CallReport(result.Value, null, Http.Exchanges);
        }

        var explained = UnsendableFields.Explain(result.Error, Connection);
        var failure = explained with { Message = Redaction.Excerpt(explained.Message, Http.Secrets) };
        Unmapped.Look(Provider.Name, failure);
        return new CallReport(null, failure, Http.Exchanges);
    }
}

/// <summary>
/// Opens integrations: decrypts credentials, knows addresses. What was decrypted is kept until the tenant's configuration changes.
/// </summary>
public sealed class Connections(
    TenantConfigs configs, TenantVault vault, ProviderCatalog catalog, ProviderOptions overrides, PublicAddress address, HttpClient client,
    AccessTokens tokens, UnmappedCodes unmapped, TimeProvider time)
{
    private readonly ConcurrentDictionary<IntegrationKey, (long Version, Opened Opened)> _opened = new();

    /// <summary>Null when the integration does not exist (any more).</summary>
    public async ValueTask<OpenIntegration?> OpenAsync(TenantId tenant, IntegrationId id, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(tenant, cancellationToken);
        if (!config.Integrations.TryGetValue(id, out var integration) || catalog.Find(integration.Provider) is not { } provider)
            return null;
        if (!_opened.TryGetValue(integration.Key, out var entry) || entry.Version != config.Version)
        {
            await address.KnownAsync(cancellationToken);
            _opened[integration.Key] =
                entry = (config.Version, Open(integration, provider, await vault.OpenAsync(tenant, cancellationToken)));
        }

        return Make(integration, provider, entry.Opened);
    }

    /// <summary>With the credentials that are being verified; null when there are none (any more).</summary>
    public async ValueTask<OpenIntegration?> OpenRenewedAsync(TenantId tenant, IntegrationId id, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(tenant, cancellationToken);
        if (!config.Integrations.TryGetValue(id, out var integration) || integration.SealedNewCredentials is not { } renewed)
            return null;
        return await OpenAsync(integration with { SealedCredentials = renewed }, cancellationToken);
    }

    /// <summary>As it is given here, whatever the configuration has. Null when its provider is not part of this hub.</summary>
    public async ValueTask<OpenIntegration?> OpenAsync(Integration integration, CancellationToken cancellationToken)
    {
        if (catalog.Find(integration.Provider) is not { } provider)
            return null;
        await address.KnownAsync(cancellationToken);
        return Make(integration, provider, Open(integration, provider, await vault.OpenAsync(integration.TenantId, cancellationToken)));
    }

    /// <summary>The public address a provider calls back.</summary>
    public Uri WebhookUrl(Integration integration) => address.For($"api/webhooks/{integration.Provider}/{integration.Id}");

    private OpenIntegration Make(Integration integration, Provider provider, Opened opened)
    {
        var held = opened.Tokens is { } source ? new IntegrationTokens(tokens, source) : null;
        var http = new ProviderHttp(client, opened.BaseUrl, opened.Secrets, opened.Timeout, time, held, IsElsewhere(provider));
        return new OpenIntegration(integration, provider, opened.Connection, opened.Settings, http) { Tokens = held, Unmapped = unmapped };
    }

    /// <summary>How the provider's cashier is shown in any page; null where customers pay elsewhere. No secret is opened.</summary>
    public EmbeddedCheckout? CheckoutOf(Integration integration)
    {
        var provider = catalog.Find(integration.Provider)!;
        var shown = JsonNode.Parse(integration.ShownCredentials)!.AsObject()
            .Where(field => !provider.Manifest.SecretFields.Contains(field.Key));
        return provider.Find<IEmbedCheckout>()?.Checkout(integration.Mode, Texts(shown));
    }

    private Opened Open(Integration integration, Provider provider, TenantCipher cipher)
    {
        var credentials = Credentials.Open(cipher, integration.Id, integration.SealedCredentials);
        var secretFields = provider.Manifest.SecretFields;
        var settings = JsonNode.Parse(integration.Settings)!.AsObject();
        var secrets = credentials.Where(field => secretFields.Contains(field.Key))
            .ToDictionary(field => field.Key, field => new Secret(field.Value!.ToString()));
        if (integration.SealedWebhookSecret is { } told && provider.Manifest.Webhooks?.Secret is { } name)
            secrets.TryAdd(name, Credentials.OpenWebhookSecret(cipher, integration.Id, told));
        var connection = new Connection(
            integration.Id.ToString(),
            integration.Mode,
            Texts(credentials.Where(field => !secretFields.Contains(field.Key))),
            secrets,
            Texts(settings.Where(field => field.Value is JsonValue)),
            WebhookUrl(integration));
        var manifest = provider.Manifest;
        var baseUrl = overrides.GetValueOrDefault(provider.Name)?.BaseUrl
            ?? (integration.Mode == IntegrationMode.Live ? manifest.BaseUrls.Live : manifest.BaseUrls.Sandbox);
        var slashed = baseUrl.AbsoluteUri.EndsWith('/') ? baseUrl : new Uri(baseUrl.AbsoluteUri + "/");
        var read = IntegrationSettings.Read(settings);
        var timeout = read.TimeoutSeconds ?? manifest.Limits.TimeoutSeconds;
        return new Opened(
            connection, [.. secrets.Values], read, slashed, TimeSpan.FromSeconds(timeout),
            manifest.OAuth is { } oauth
                ? new TokenSource(
                    integration.TenantId, integration.Id, oauth, TokenUrlOf(oauth, provider, integration.Mode), connection,
                    provider.Find<IRequestTokens>())
                : null);
    }

    private Uri TokenUrlOf(ManifestOAuth oauth, Provider provider, IntegrationMode mode) => WhereItIs(
        mode == IntegrationMode.Sandbox ? oauth.SandboxTokenUrl ?? oauth.TokenUrl : oauth.TokenUrl, provider, mode);

    /// <summary>
    /// An address of the provider beside its API, elsewhere when the API is: no secret goes to the live one then. One on the host of the
    /// live API is on that of the sandbox's for an integration in sandbox mode.
    /// </summary>
    internal Uri WhereItIs(Uri url, Provider provider, IntegrationMode mode)
    {
        var (live, sandbox) = provider.Manifest.BaseUrls;
        return overrides.GetValueOrDefault(provider.Name)?.BaseUrl is { } elsewhere
            ? new Uri(elsewhere.AbsoluteUri.TrimEnd('/') + url.PathAndQuery)
            : mode == IntegrationMode.Sandbox && url.Authority == live.Authority ? new Uri(sandbox, url.PathAndQuery) : url;
    }

    /// <summary>The operator points the provider elsewhere than its manifest.</summary>
    internal bool IsElsewhere(Provider provider) => overrides.GetValueOrDefault(provider.Name)?.BaseUrl is not null;

    private static Dictionary<string, string> Texts(IEnumerable<KeyValuePair<string, JsonNode?>> fields) =>
        fields.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value!.ToString());

    /// <param name="Tokens">Null without OAuth.</param>
    private sealed record Opened(
        Connection Connection, IReadOnlyCollection<Secret> Secrets, IntegrationSettings Settings, Uri BaseUrl, TimeSpan Timeout,
        TokenSource? Tokens);
}
