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
    private readonly Dictionary<string, JsonObject> _begun = [];
    private readonly Dictionary<string, Dictionary<string, string>> _kept = [];

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
        _provider.Manifest.OAuth is { } oauth
            ? new DoublesTokens(_client, AtDouble(oauth.SandboxTokenUrl ?? oauth.TokenUrl), oauth, Own, connection) : null,
        isElsewhere: true);

    private IRequestTokens? Own =>
        _provider.Has(typeof(IRequestTokens)) ? (IRequestTokens)_provider.Make(typeof(IRequestTokens), null!) : null;

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

    public async Task<Told> CallAsync(
        string word, JsonObject? with, CancellationToken cancellationToken, Connection? connection = null)
    {
        var told = await ContractMethod.Named(word).CallAsync(
            _provider, HttpOf(connection ?? Connection), connection ?? Connection, with, cancellationToken);
        if (told.Value is PaymentState begun && word == "initiate_payment")
            _begun[with?["payment_id"]?.ToString() ?? "pay_01"] = Handle(begun.ProviderReference, with?["amount"]);
        if (told.Value is PayoutState paid && word == "initiate_payout")
            _begun[with?["payout_id"]?.ToString() ?? "pyo_01"] = Handle(paid.ProviderReference, null);
        return told;
    }

    private static JsonObject Handle(string reference, JsonNode? amount) => amount is null
        ? new JsonObject { ["provider_reference"] = reference }
        : new JsonObject { ["provider_reference"] = reference, ["amount"] = amount.DeepClone() };

    /// <summary>The same connection with secrets that the double knows to be wrong.</summary>
    public Connection Wrong =>
        Connection with { Secrets = Connection.Secrets.ToDictionary(secret => secret.Key, _ => new Secret("wrong-secret")) };

    /// <summary>Waits for a genuine webhook that tells of this, or after which the provider does when it is asked.</summary>
    public async Task<TEvent> ToldAsync<TEvent>(Func<TEvent, bool> fits, CancellationToken cancellationToken)
        where TEvent : ProviderEvent
    {
        TEvent? found = null;
        var request = await _receiver.FirstAsync(
            async one => (found = await FirstAsync(one, fits, cancellationToken)) is not null, cancellationToken);
        Assert.True(await IsGenuineAsync(request, cancellationToken), "The double's signature is not the provider's.");
        return found!;
    }

    private async Task<TEvent?> FirstAsync<TEvent>(WebhookRequest request, Func<TEvent, bool> fits, CancellationToken cancellationToken)
        where TEvent : ProviderEvent
    {
        foreach (var told in Receives.Read(request, Connection))
        {
            if (told is PaymentEvent { HubReference: { } payment, State.ProviderData: var more })
                _kept[payment] = _kept.GetValueOrDefault(payment, []).Concat(more).GroupBy(one => one.Key).ToDictionary(
                    one => one.Key, one => one.Last().Value);
            if (await AskedAsync(told, cancellationToken) is TEvent one && fits(one))
                return one;
        }

        return null;
    }

    /// <summary>What a hint leads to, as in the hub, which hands back what it was told to keep.</summary>
    private async Task<ProviderEvent> AskedAsync(ProviderEvent told, CancellationToken cancellationToken)
    {
        if (told is not (PaymentHint or RefundHint or PayoutHint) || told.HubReference is not { } id)
            return told;
        var kept = _kept.GetValueOrDefault(id, []);
        var handle = (JsonObject?)_begun.GetValueOrDefault(id)?.DeepClone() ?? Handle(told.ProviderReference ?? id, null);
        handle[told.Kind + "_id"] = id;
        if (told is PaymentHint)
            handle["provider_data"] = ContractJson.Write(kept);
        return (await CallAsync("verify_" + told.Kind, handle, cancellationToken)).Value switch
        {
            PaymentState state => new PaymentEvent(id, state with
            {
                ProviderData = kept.Concat(state.ProviderData).DistinctBy(one => one.Key).ToDictionary(),
            }),
            RefundState state => new RefundEvent(id, state),
            PayoutState state => new PayoutEvent(id, state),
            _ => told,
        };
    }

    /// <summary>Whether the first webhook that comes is genuine.</summary>
    public async Task<bool> IsGenuineAsync(CancellationToken cancellationToken, Connection? connection = null) =>
        await IsGenuineAsync(await _receiver.FirstAsync(_ => Task.FromResult(true), cancellationToken), cancellationToken, connection);

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
