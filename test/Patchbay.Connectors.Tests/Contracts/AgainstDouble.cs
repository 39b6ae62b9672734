using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox;
using Patchbay.Sandbox.Running;

namespace Patchbay.Connectors.Tests.Contracts;

/// <summary>A connector that speaks to its provider's double in the sandbox, with a receiver for the webhooks.</summary>
internal sealed class AgainstDouble : IAsyncDisposable
{
    private readonly ProviderUnderTest _provider;
    private readonly WebhookReceiver _receiver;
    private readonly HttpClient _client = new();

    private AgainstDouble(ProviderUnderTest provider, SandboxServer sandbox, WebhookReceiver receiver)
    {
        (_provider, Sandbox, _receiver) = (provider, sandbox, receiver);
        Connection = provider.Connect() with { WebhookUrl = receiver.Url };
    }

    public SandboxServer Sandbox { get; }

    public Connection Connection { get; }

    private IReceiveWebhooks Receives => (IReceiveWebhooks)_provider.Make(typeof(IReceiveWebhooks), HttpOf(Connection));

    private ProviderHttp HttpOf(Connection connection) => new(
        _client, Sandbox.UrlOf(_provider.Name), [.. connection.Secrets.Values], TimeSpan.FromSeconds(10), TimeProvider.System,
        _provider.Manifest.OAuth is { } oauth ? new DoublesTokens(_client, AtDouble(oauth.TokenUrl), connection) : null,
        isElsewhere: true);

    /// <summary>As the hub finds an address of a provider that it is pointed elsewhere for.</summary>
    private Uri AtDouble(Uri url) => new(Sandbox.UrlOf(_provider.Name).AbsoluteUri.TrimEnd('/') + url.PathAndQuery);

    /// <summary>Its webhook address is entered, as one does it in the provider's dashboard.</summary>
    public static async Task<AgainstDouble> StartAsync(ProviderUnderTest provider, CancellationToken cancellationToken)
    {
        var quick = TimeSpan.FromMilliseconds(20);
        var options = new SandboxOptions { CustomerDelay = quick, ReceiptDelay = quick, Assemblies = { typeof(AgainstDouble).Assembly } };
        var self = new AgainstDouble(
            provider, await SandboxServer.StartAsync(options, cancellationToken), await WebhookReceiver.StartAsync(cancellationToken));
        var credentials = self.Connection.Credentials.Concat(
            self.Connection.Secrets.Select(secret => KeyValuePair.Create(secret.Key, secret.Value.Reveal())));
        Assert.True(self.Sandbox.Connect(provider.Name, credentials.ToDictionary(), self._receiver.Url));
        return self;
    }

    public Task<Told> CallAsync(string word, JsonObject? with, CancellationToken cancellationToken, Connection? connection = null) =>
        ContractMethod.Named(word).CallAsync(
            _provider, HttpOf(connection ?? Connection), connection ?? Connection, with, cancellationToken);

    /// <summary>The same connection with secrets that the double knows to be wrong.</summary>
    public Connection Wrong =>
        Connection with { Secrets = Connection.Secrets.ToDictionary(secret => secret.Key, _ => new Secret("wrong-secret")) };

    /// <summary>Waits for a genuine webhook that tells of this.</summary>
    public async Task<TEvent> ToldAsync<TEvent>(Func<TEvent, bool> fits, CancellationToken cancellationToken)
        where TEvent : ProviderEvent
    {
        var request = await _receiver.FirstAsync(request => Events(request).Any(fits), cancellationToken);
        Assert.True(await IsGenuineAsync(request, cancellationToken), "The double's signature is not the provider's.");
        return Events(request).First(fits);

        IEnumerable<TEvent> Events(WebhookRequest one) => Receives.Read(one, Connection).OfType<TEvent>();
    }

    /// <summary>Whether the first webhook that comes is genuine.</summary>
    public async Task<bool> IsGenuineAsync(CancellationToken cancellationToken, Connection? connection = null) =>
        await IsGenuineAsync(await _receiver.FirstAsync(_ => true, cancellationToken), cancellationToken, connection);

    private async Task<bool> IsGenuineAsync(
        WebhookRequest request, CancellationToken cancellationToken, Connection? connection = null)
    {
        var key = Receives.KeyAddress(request, Connection) is { } address
            ? new WebhookKey(await _client.GetByteArrayAsync(AtDouble(address), cancellationToken), IsElsewhere: true) : null;
        return Receives.IsGenuine(request with { Key = key }, connection ?? Connection);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Sandbox.DisposeAsync();
        await _receiver.DisposeAsync();
    }
}
