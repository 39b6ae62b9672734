namespace Patchbay.Storage;

/// <summary>How long the time of one partition is: a week from Monday, or a day where rows are kept less than four weeks; in UTC.</summary>
public static class PartitionLength
{
    private static readonly DateTimeOffset AMonday = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static TimeSpan For(TimeSpan kept) => kept < TimeSpan.FromDays(28) ? TimeSpan.FromDays(1) : Longest;

    /// <summary>The last moment, not after the given one, at which a partition begins.</summary>
    public static DateTimeOffset Floor(DateTimeOffset moment, TimeSpan length)
    {
        var past = (moment - AMonday).Ticks % length.Ticks;
        return new DateTimeOffset((moment - TimeSpan.FromTicks(past < 0 ? past + length.Ticks : past)).UtcTicks, TimeSpan.Zero);
    }

    /// <summary>
    /// Where partitions must end so that everything up to a moment has one: ascending, from the present end of the last but one.
    /// </summary>
    /// <remarks>Time that nobody made partitions for, while no node ran, becomes a single one.</remarks>
    public static IEnumerable<DateTimeOffset> Ends(DateTimeOffset presentEnd, DateTimeOffset now, DateTimeOffset ahead, TimeSpan length)
    {
        var current = Floor(now, length);
        for (var end = presentEnd; end < ahead;)
        {
            end = end < current ? current : Floor(end, length) + length;
            yield return end;
        }
    }
}
