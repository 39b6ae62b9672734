using Patchbay.Platform.Api;
using Patchbay.Platform.Events;
using Patchbay.TestKit;

namespace Patchbay.Hub.Tests.Events;

public sealed class EventPatternsTests
{
    [Theory]
    [InlineData("*", "payment.succeeded", true)]
    [InlineData("payment.*", "payment.succeeded", true)]
    [InlineData("payment.*", "refund.succeeded", false)]
    [InlineData("payment.*", "payment", false)]
    [InlineData("payment.*", "payments.late", false)]
    [InlineData("payment.succeeded", "payment.succeeded", true)]
    [InlineData("payment.succeeded", "payment.succeeded_twice", false)]
    [InlineData("refund.* payment.created", "payment.created", true)]
    [InlineData("", "anything.at_all", true)]
    public void A_pattern_takes_all_a_group_or_one(string patterns, string type, bool taken) =>
        Assert.Equal(taken, EventPatterns.Of(patterns.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Matches(type));

    [Theory]
    [InlineData("payment.suceeded")]
    [InlineData("pay.*")]
    [InlineData("payment*")]
    [InlineData("*.succeeded")]
    [InlineData("Payment.succeeded")]
    public void A_pattern_that_fits_no_type_is_named(string pattern)
    {
        var faults = new Faults();

        Declared.EventTypes.Check(["*", "payment.*", "alert.raised", pattern], "type", faults);

        Assert.Contains($"'{pattern}'", Assert.Single(faults.ByField["type"]), StringComparison.Ordinal);
    }

    [Fact]
    public void There_may_be_a_hundred_of_them()
    {
        var faults = new Faults();
        Declared.EventTypes.Check(Enumerable.Repeat("*", 100).ToArray(), "type", faults);
        Assert.True(faults.IsEmpty);

        Declared.EventTypes.Check(Enumerable.Repeat("*", 101).ToArray(), "type", faults);
        Assert.False(faults.IsEmpty);
    }
}
