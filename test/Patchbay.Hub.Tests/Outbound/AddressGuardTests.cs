using System.Net;
using System.Net.Sockets;
using Patchbay.Platform.Api;
using Patchbay.Platform.Network;
using Patchbay.Integrations.Outbound;

namespace Patchbay.Hub.Tests.Outbound;

public sealed class AddressGuardTests
{
    private static readonly ResolveHost Nowhere = (_, _) => Task.FromResult(Array.Empty<IPAddress>());

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("0.0.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("224.0.0.1")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("64:ff9b::a9fe:a9fe")]     // 169.254.169.254 behind NAT64
    [InlineData("2002:7f00:1::")]          // 127.0.0.1 as 6to4
    [InlineData("2001:0:1:2:3:4:80ff:fffe")]   // 127.0.0.1 as Teredo
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("fd00::1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.31.196.1")]
    [InlineData("3fff::1")]
    public void What_is_not_public_is_refused(string address) =>
        Assert.False(new AddressGuard(new NetworkOptions(), Nowhere).IsAllowed(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("64:ff9b::808:808")]
    public void What_is_public_is_allowed(string address) =>
        Assert.True(new AddressGuard(new NetworkOptions(), Nowhere).IsAllowed(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.2.2.3", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("fd00:ec2::1", true)]
    [InlineData("fd00:ec2::254", false)]     // metadata: AWS, Google Cloud, Alibaba Cloud
    [InlineData("fd20:ce::254", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("::ffff:100.100.100.200", false)]
    public void A_named_network_opens_itself_and_nothing_else(string address, bool allowed)
    {
        var guard = new AddressGuard(
            new NetworkOptions { AllowedNetworks = { "10.1.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10", "fc00::/7" } },
            Nowhere);

        Assert.Equal(allowed, guard.IsAllowed(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("https://example.com/hooks?a=b", true)]
    [InlineData("http://example.com/", false)]
    [InlineData("ftp://example.com/", false)]
    [InlineData("https://user:word@example.com/", false)]
    [InlineData("https://example.com/#part", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://127.1/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://0x7f000001/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:169.254.169.254]/", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("https://a.localhost./", false)]
    [InlineData("https://10.0.0.1/", false)]
    [InlineData("//example.com", false)]
    [InlineData("", false)]
    public void Addresses_are_checked_when_they_are_entered(string text, bool good)
    {
        var options = new NetworkOptions();
        var faults = new Faults();

        var url = new OutboundUrl(options, new AddressGuard(options, Nowhere)).Read(text, "url", faults);

        Assert.Equal(good, url is not null);
        Assert.Equal(!good, faults.Concern("url"));
    }

    /// <summary>
    /// .NET asks a new connection for its remote address outside of its own error handling: a reset at that moment came as a bare
    /// <see cref="SocketException"/>.
    /// </summary>
    [Fact]
    public async Task A_connection_that_is_reset_at_once_fails_as_a_request()
    {
        var options = new NetworkOptions { AllowPrivateNetworks = true };
        var guard = new AddressGuard(options, Nowhere);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var stream = (NetworkStream)await guard.ConnectAsync(context, cancellationToken);
                (await listener.AcceptSocketAsync(cancellationToken)).Close(timeout: 0);
                Assert.True(stream.Socket.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead));
                return stream;
            },
        };
        using var http = new HttpClient(handler);

        await Assert.ThrowsAsync<HttpRequestException>(
            () => http.GetAsync($"http://{listener.LocalEndpoint}/", TestContext.Current.CancellationToken));
    }
}
