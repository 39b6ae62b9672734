using System.Net;
using Patchbay.Platform.Access;
using Patchbay.Storage;

namespace Patchbay.Hub.Tests.Access;

public sealed class ApiKeyNetworksTests
{
    [Theory]
    [InlineData("10.1.0.0/16", "10.1.255.255", true)]
    [InlineData("10.1.0.0/16", "10.2.0.0", false)]
    [InlineData("10.1.0.0/16", "::ffff:10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "::ffff:10.2.2.3", false)]
    [InlineData("203.0.113.7/32", "203.0.113.7", true)]
    [InlineData("203.0.113.7/32", "203.0.113.8", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::/32", "10.1.2.3", false)]
    [InlineData("0.0.0.0/0", "8.8.8.8", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    public void A_key_works_only_from_its_networks(string network, string address, bool allowed) =>
        Assert.Equal(allowed, KeyFor(network).AllowsFrom(IPAddress.Parse(address)));

    [Fact]
    public void A_key_without_networks_works_from_anywhere_and_one_with_networks_not_from_nowhere()
    {
        Assert.True(KeyFor().AllowsFrom(null));
        Assert.False(KeyFor("0.0.0.0/0").AllowsFrom(null));
        Assert.True(KeyFor("10.0.0.0/8", "192.0.2.0/24").AllowsFrom(IPAddress.Parse("192.0.2.9")));
    }

    private static ApiKey KeyFor(params string[] networks) => new(
        default(TenantId), default, [], "", Live: true, DateTimeOffset.UnixEpoch, "key", [Permissions.All],
        networks.Select(network => IPNetwork.Parse(network)).ToArray(), 50, 100, null, null, null, null);
}
