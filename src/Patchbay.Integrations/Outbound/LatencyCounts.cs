namespace Patchbay.Integrations.Outbound;

/// <summary>How many calls took how long, in classes that grow by half: percentiles come out within a fifth. Immutable.</summary>
public sealed class LatencyCounts
{
    public static readonly LatencyCounts None = new([]);

    /// <summary>Upper bounds in milliseconds; what takes longer is in one more class.</summary>
    private static readonly double[] Bounds = [.. Enumerable.Range(0, 24).Select(i => 2 * Math.Pow(1.5, i))];

    private readonly long[] _counts;

    private LatencyCounts(long[] counts) => _counts = counts;

    public LatencyCounts Add(TimeSpan took)
    {
        var index = Array.FindIndex(Bounds, bound => took.TotalMilliseconds <= bound) is var found and >= 0 ? found : Bounds.Length;
        var counts = new long[Math.Max(_counts.Length, index + 1)];
        _counts.CopyTo(counts, 0);
        counts[index]++;
        return new LatencyCounts(counts);
    }

    public LatencyCounts Add(LatencyCounts other)
    {
        var counts = new long[Math.Max(_counts.Length, other._counts.Length)];
        _counts.CopyTo(counts, 0);
        for (var i = 0; i < other._counts.Length; i++)
            counts[i] += other._counts[i];
        return new LatencyCounts(counts);
    }

    /// <summary>In milliseconds, by straight line within its class; null when nothing was counted.</summary>
    /// <param name="part">For example 0.95.</param>
    public double? Percentile(double part)
    {
        var left = part * _counts.Sum();
        if (left <= 0)
            return null;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (left <= _counts[i])
            {
                var low = i == 0 ? 0 : Bounds[i - 1];
                var high = i < Bounds.Length ? Bounds[i] : low * 1.5;
                return Math.Round(low + (high - low) * left / _counts[i], 1);
            }

            left -= _counts[i];
        }

        return Bounds[^1];
    }

    public override string ToString() => string.Join(' ', _counts);

    public static LatencyCounts Parse(string text) =>
        text.Length == 0
            ? None
            : new([.. text.Split(' ').Select(count => long.Parse(count, System.Globalization.CultureInfo.InvariantCulture))]);
}
