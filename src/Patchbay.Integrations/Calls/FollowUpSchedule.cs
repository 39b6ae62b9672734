namespace Patchbay.Integrations.Calls;

/// <summary>When a provider is asked again about something that stays open.</summary>
/// <param name="First">Times since it was made, growing; at least one. The first is also the shortest wait.</param>
/// <param name="Then">Between the questions after these.</param>
/// <param name="GiveUpAfter">Since it was made; nothing is asked later.</param>
public sealed record FollowUpSchedule(IReadOnlyList<TimeSpan> First, TimeSpan Then, TimeSpan GiveUpAfter)
{
    /// <summary>After 1, 5 and 15 minutes, after 1 hour, then hourly for a day.</summary>
    public static readonly FollowUpSchedule ForADay = new(
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)],
        TimeSpan.FromHours(1), TimeSpan.FromHours(24));

    /// <summary>Of what banks carry out, who take days: after 1 and 15 minutes, 1 and 6 hours, then twice a day for 14 days.</summary>
    public static readonly FollowUpSchedule ForAFortnight = new(
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6)],
        TimeSpan.FromHours(12), TimeSpan.FromDays(14));

    public DateTimeOffset Begin(DateTimeOffset createdAt) => createdAt + First[0];

    /// <summary>When to ask again after so many times; null when it is given up.</summary>
    public DateTimeOffset? Next(DateTimeOffset createdAt, int asked, DateTimeOffset now)
    {
        var next = asked < First.Count ? createdAt + First[asked] : now + Then;
        if (next <= now)
            next = now + First[0];
        return next - createdAt > GiveUpAfter ? null : next;
    }
}
