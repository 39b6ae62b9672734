using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Patchbay.TestKit;

namespace Patchbay.Tests.Proxies;

/// <summary>Whose word counts about who calls. Callers and proxies have addresses of the loopback network of their own.</summary>
public sealed class BehindProxyTests : IDisposable
{
    private const string Caller = "127.0.0.2";
    private const string Stranger = "127.0.0.3";

    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("patchbay-behind-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("127.0.0.1/32", Caller, 200)]
    [InlineData("127.0.0.1/32", Stranger, 403)]
    [InlineData("127.0.0.1/32", $"{Caller}, {Stranger}", 403)]   // what the caller itself had sent stands before what the proxy adds
    [InlineData("127.0.0.1/32;127.0.0.3/32", $"{Caller}, {Stranger}", 200)]   // two proxies
    [InlineData("127.0.0.1/32", "nonsense", 403)]
    [InlineData("10.0.0.0/8", Caller, 403)]
    [InlineData("", Caller, 403)]
    public async Task Only_the_word_of_a_proxy_that_is_named_counts_for_the_networks_of_a_key(string trusted, string said, int status)
    {
        await using var hub = await StartAsync(trusted);
        using var client = await ClientAsync(hub, hub.Address, "127.0.0.1");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", said);

        Assert.Equal(status, (int)(await client.GetJsonAsync("/api/v1/tenant")).Status);
    }

    [Theory]
    [InlineData("127.0.0.1/32", "https")]
    [InlineData("", "http")]
    public async Task The_scheme_that_the_proxy_was_called_by_counts_as_well(string trusted, string scheme)
    {
        await using var hub = await StartAsync(trusted);
        using var client = hub.Client(null);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", Caller);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var document = await client.GetJsonAsync("/openapi/v1.json");

        Assert.StartsWith($"{scheme}://", document["servers"][0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_haproxy_of_the_docs_says_who_calls()
    {
        Assert.SkipWhen(ReverseProxy.Find("haproxy") is null, "HAProxy is not installed.");
        await SaysWhoCallsAsync(ReverseProxy.StartHaproxyAsync);
    }

    [Fact]
    public async Task The_nginx_of_the_docs_says_who_calls()
    {
        Assert.SkipWhen(ReverseProxy.Find("nginx") is null, "nginx is not installed.");
        await SaysWhoCallsAsync(ReverseProxy.StartNginxAsync);
    }

    private async Task SaysWhoCallsAsync(Func<Uri, CancellationToken, Task<ReverseProxy>> start)
    {
        await using var hub = await StartAsync("127.0.0.1/32");
        using var proxy = await start(hub.Address, _ct);
        using var caller = await ClientAsync(hub, proxy.Address, Caller);
        using var stranger = await ClientAsync(hub, proxy.Address, Stranger);
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", Caller);
        stranger.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        Assert.Equal(200, (int)(await caller.GetJsonAsync("/api/v1/tenant")).Status);
        Assert.Equal(403, (int)(await stranger.GetJsonAsync("/api/v1/tenant")).Status);
        var document = await stranger.GetJsonAsync("/openapi/v1.json");
        Assert.StartsWith("http://", document["servers"][0].GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    private Task<HubHost> StartAsync(string trusted) =>
        HubHost.StartAsync($"sqlite:{Path.Combine(_folder.FullName, "hub.db")}", host => host.Hub = hub =>
        {
            foreach (var network in trusted.Split(';', StringSplitOptions.RemoveEmptyEntries))
                hub.Network.TrustedProxies.Add(network);
        }, _ct);

    /// <summary>With a key that works from the caller's address alone.</summary>
    private async Task<HttpClient> ClientAsync(HubHost hub, Uri through, string from)
    {
        var (_, all) = await hub.CreateTenantAsync($"from {from}", _ct);
        using var owner = hub.Client(all);
        var key = await owner.PostJsonAsync(
            "/api/v1/api-keys", new { name = "n", permissions = new[] { "*" }, allowed_networks = new[] { $"{Caller}/32" } });
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var client = new HttpClient(handler) { BaseAddress = through };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text("secret"));
        return client;
    }
}
