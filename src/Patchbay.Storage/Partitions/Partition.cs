using System.Globalization;

namespace Patchbay.Storage;

/// <summary>One partition of a <see cref="PartitionedTable"/>.</summary>
/// <param name="From">The lowest moment of its keys; null: none is too low.</param>
/// <param name="Until">The moment at which the next partition begins; null: it is the last.</param>
public sealed record Partition(string Name, DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <param name="bounds"><c>FOR VALUES FROM (MINVALUE) TO ('019cb6...')</c></param>
    internal static Partition Parse(string name, string bounds)
    {
        var parts = bounds.Split('(', ')');
        return new Partition(name, Moment(parts[1]), Moment(parts[3]));
    }

    internal static string NameOf(PartitionedTable table, DateTimeOffset from) =>
        $"{table.Name}_{from.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    /// <summary>The milliseconds at the head of a UUIDv7.</summary>
    private static DateTimeOffset? Moment(string bound)
    {
        if (bound is "MINVALUE" or "MAXVALUE")
            return null;
        var digits = bound.Trim('\'').Replace("-", "", StringComparison.Ordinal);
        return DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse(digits.AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
