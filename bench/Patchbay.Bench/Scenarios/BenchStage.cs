using Patchbay.Bench.Load;
using Patchbay.Bench.Machine;

namespace Patchbay.Bench.Scenarios;

/// <summary>What every scenario works with.</summary>
/// <param name="Folder">For data and logs; gone afterwards.</param>
/// <param name="Seconds">Of one measured run.</param>
/// <param name="Rounds">Interleaved runs, of which the median counts.</param>
internal sealed record BenchStage(BenchPostgres Postgres, Sink Sink, string Folder, int Seconds, int Rounds)
{
    public Report Report { get; } = new();

    public static void Say(string what) => Console.Error.WriteLine(what);
}

/// <summary>Numbers of runs, put together.</summary>
internal static class Figures
{
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    /// <param name="sorted">In ascending order.</param>
    /// <param name="part">0.5 for the median, 0.99 for p99.</param>
    public static double Percentile(this double[] sorted, double part) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
}
