using System.Globalization;

namespace Patchbay.Hub.Reconciliation.Entries;

/// <summary>Days, which are kept as their midnight in UTC and shown without a time.</summary>
internal static class Days
{
    public static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public static string Text(DateTimeOffset day) => day.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string? Text(DateTimeOffset? day) => day is { } known ? Text(known) : null;
}
