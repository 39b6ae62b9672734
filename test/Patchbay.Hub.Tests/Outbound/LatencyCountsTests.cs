using Patchbay.Integrations.Outbound;

namespace Patchbay.Hub.Tests.Outbound;

public sealed class LatencyCountsTests
{
    [Fact]
    public void Percentiles_come_out_within_a_fifth()
    {
        var counts = LatencyCounts.None;
        for (var ms = 1; ms <= 1000; ms++)
            counts = counts.Add(TimeSpan.FromMilliseconds(ms));

        Assert.InRange(counts.Percentile(0.5)!.Value, 400, 600);
        Assert.InRange(counts.Percentile(0.95)!.Value, 760, 1140);
        Assert.Equal(counts.Percentile(0.5), LatencyCounts.Parse(counts.ToString()).Percentile(0.5));
    }

    [Fact]
    public void Nothing_has_no_percentile() => Assert.Null(LatencyCounts.Parse("").Percentile(0.5));

    [Fact]
    public void What_takes_very_long_is_counted_too() => Assert.NotNull(LatencyCounts.None.Add(TimeSpan.FromHours(1)).Percentile(0.5));
}
