using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;

namespace Patchbay.Hub.Tests.Calls;

/// <summary>What may be done when an answer was lost.</summary>
public sealed class ProviderCapabilityTests
{
    private static readonly Uri Home = new("https://drawer.test");

    [Theory]
    [InlineData(true, ProviderIdempotency.None, false, RepeatSafety.Never)]
    [InlineData(true, ProviderIdempotency.Reference, true, RepeatSafety.LookUp)]
    [InlineData(true, ProviderIdempotency.Native, true, RepeatSafety.SafeThenLookUp)]
    [InlineData(false, ProviderIdempotency.None, false, RepeatSafety.AtLeastOnce)]
    [InlineData(false, ProviderIdempotency.None, true, RepeatSafety.LookUp)]
    [InlineData(false, ProviderIdempotency.Native, false, RepeatSafety.Safe)]
    public void The_manifest_says_first_then_what_the_connector_can_tell_then_the_stakes(
        bool money, ProviderIdempotency idempotency, bool tells, RepeatSafety expected) =>
        Assert.Equal(expected, Capability(money).SafetyAt(Provider(idempotency, tells ? [typeof(Teller)] : [])));

    [Theory]
    [InlineData(true, RepeatSafety.Never)]
    [InlineData(false, RepeatSafety.AtLeastOnce)]
    public void Without_an_integration_nobody_can_be_asked(bool money, RepeatSafety expected) =>
        Assert.Equal(expected, Capability(money).SafetyAt(null));

    [Fact]
    public void What_only_reads_may_always_be_repeated() =>
        Assert.Equal(RepeatSafety.Safe, (Capability(money: true) with { OnlyReads = true }).SafetyAt(null));

    private static ProviderCapability Capability(bool money)
    {
        var rules = new DeliveryRules(3, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), 2, money);
        return new ProviderCapability("open_drawer", "drw", rules) { LookedUpBy = typeof(ITell) };
    }

    private static Provider Provider(ProviderIdempotency idempotency, Type[] connectors) => new(
        new ProviderManifest
        {
            Name = "drawer", DisplayName = "Drawer", Version = "1", Categories = [], Capabilities = [], Description = "", DocsUrl = Home,
            BaseUrls = new BaseUrls(Home, Home), CredentialsSchema = "{}", SecretFields = [],
            Idempotency = idempotency, Verify = "",
        },
        connectors);

    private interface ITell;

    private sealed class Teller : ITell;
}
