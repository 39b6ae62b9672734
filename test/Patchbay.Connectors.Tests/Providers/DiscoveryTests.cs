using Patchbay.Sandbox;
using Patchbay.Sandbox.Running;

namespace Patchbay.Connectors.Tests.Providers;

public sealed class DiscoveryTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_double_is_found_in_the_assemblies_that_are_given_and_only_there()
    {
        await using var without = await SandboxServer.StartAsync(new SandboxOptions(), _ct);
        await using var with = await SandboxServer.StartAsync(new SandboxOptions { Assemblies = { typeof(PigeonSandbox).Assembly } }, _ct);

        Assert.Equal(["pigeon", "piggy"], with.Vendors.Except(without.Vendors).Order());
        Assert.Equal(new Uri(with.Address, "pigeon/"), with.UrlOf("pigeon"));
        Assert.Throws<ArgumentException>(() => without.UrlOf("pigeon"));
    }

    [Fact]
    public async Task Every_built_in_provider_that_is_called_has_a_double()
    {
        await using var sandbox =
            await SandboxServer.StartAsync(new SandboxOptions { Assemblies = { typeof(PigeonSandbox).Assembly } }, _ct);

        Assert.Equal(ProviderUnderTest.Called.Select(provider => provider.Name).Order(), sandbox.Vendors.Order());
    }
}
