using Microsoft.Extensions.Configuration;
using Patchbay.Platform.Features;
using Patchbay.Platform.Retention;
using Patchbay.Server.Composition;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Retention;

public sealed class RetentionOptionsTests
{
    [Fact]
    public void What_is_kept_too_short_or_too_long_is_refused_and_named()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Patchbay:Retention:Deliveries"] = "00:00:01", ["Patchbay:Retention:Events"] = "4000.00:00:00",
            ["Patchbay:Retention:Inbox"] = "5.00:00:00",
        }).Build();

        var refused = Assert.Throws<SettingsException>(() => HubOptions.Read(configuration));

        Assert.Contains("Deliveries must be from", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Events must be from", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Inbox", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_name_that_nothing_is_kept_under_is_refused_with_those_there_are()
    {
        var options = new RetentionOptions { ["Deliverys"] = TimeSpan.FromDays(5), ["EVENTS"] = TimeSpan.FromDays(5) };

        var refused = Assert.Throws<SettingsException>(() => options.CheckNames(Declared.Retained));

        Assert.Equal("Patchbay:Retention:Deliverys is not a setting; did you mean 'deliveries'?", refused.Message);
    }
}
