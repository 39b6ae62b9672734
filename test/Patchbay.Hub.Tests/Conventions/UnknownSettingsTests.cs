using Microsoft.Extensions.Configuration;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Features;
using Patchbay.Server.Composition;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Conventions;

public sealed class UnknownSettingsTests(HubDatabases databases)
{
    [Theory]
    [InlineData("Patchbay:PublicUr", "Patchbay:PublicUr is not a setting; did you mean 'PublicUrl'?")]
    [InlineData("Patchbay:PublicUrl:Base", "Patchbay:PublicUrl:Base is not a setting; there are none")]
    [InlineData("Patchbay:Node:Heartbeats", "Patchbay:Node:Heartbeats is not a setting; did you mean 'Heartbeat'?")]
    [InlineData("Patchbay:Shards:east:Databse", "Patchbay:Shards:east:Databse is not a setting; did you mean 'Database'?")]
    [InlineData("Patchbay:Providers:stripe:BaseUri", "Patchbay:Providers:stripe:BaseUri is not a setting; did you mean 'BaseUrl'?")]
    [InlineData("Patchbay:Network:PublicUrl", "Patchbay:Network is not a setting; there are ")]
    public void A_setting_that_nothing_reads_is_refused_with_the_nearest_name(string name, string fault)
    {
        var refused = Assert.Throws<SettingsException>(() => Read((name, "x")));

        Assert.Contains(refused.Message.Split(Environment.NewLine), line => line.StartsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_setting_there_is_is_taken_however_its_letters_are_cased()
    {
        var options = Read(
            ("PATCHBAY:DATABASE", "sqlite:x"), ("Patchbay:DataFolder", "x"), ("Patchbay:MasterKey", "x"),
            ("Patchbay:PublicUrl", "https://hub"),
            ("Patchbay:AllowedNetworks:0", "10.0.0.0/8"), ("Patchbay:AllowPrivateNetworks", "true"), ("Patchbay:Node:MaxCalls", "5"),
            ("Patchbay:Shards:east:Database", "sqlite:y"), ("Patchbay:Retention:Events", "5.00:00:00"),
            ("Patchbay:Providers:STRIPE:BaseUrl", "http://127.0.0.1:1/"));

        Assert.Equal("sqlite:x", options.Database);
        Assert.True(options.Of<ProviderOptions>().ContainsKey("stripe"));
    }

    [Fact]
    public async Task A_provider_that_is_not_in_the_catalog_is_refused_at_the_start()
    {
        await using var database = await databases.CreateAsync(TestDatabases.Sqlite, TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<SettingsException>(() => HubHost.StartAsync(
            database.Setting, host => host.Hub = hub => hub.Of<ProviderOptions>()["twillio"] = new ProviderOverride
            {
                BaseUrl = new Uri("http://127.0.0.1:1/"),
            }, TestContext.Current.CancellationToken));

        Assert.Equal("Patchbay:Providers:twillio is not a provider; did you mean 'twilio'?", refused.Message);
    }

    private static HubOptions Read(params (string Name, string? Value)[] settings) => HubOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, one.Value))).Build());
}
