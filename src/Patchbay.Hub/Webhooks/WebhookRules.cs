using Patchbay.Engine;
using Patchbay.Platform.Api;

namespace Patchbay.Hub.Webhooks;

/// <summary>How often and how long an event is tried at an endpoint.</summary>
internal static class WebhookRules
{
    public const int MaxTries = 20;

    /// <summary>Seconds before each try: 10 tries in 75 hours.</summary>
    public static readonly IReadOnlyList<int> DefaultSchedule = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

    /// <summary>
    /// After that it is given up even where it was held back all the time; the event itself is not kept longer by default.
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    private const int MaxDelay = 604_800;

    private static readonly DeliveryRules Default = Of(DefaultSchedule);

    public static DeliveryRules For(Webhook? webhook) => webhook?.Schedule is { } schedule ? Of(schedule) : Default;

    public static void Check(IReadOnlyList<int> schedule, string field, Faults faults)
    {
        faults.Require(schedule.Count is > 0 and <= MaxTries, field, $"must have 1 to {MaxTries} entries, one a try");
        faults.Require(schedule.Count == 0 || schedule[0] == 0, field, "must begin with 0: the first try is made at once");
        faults.Require(
            schedule.Skip(1).All(seconds => seconds is > 0 and <= MaxDelay), field,
            $"must have waits from 1 to {MaxDelay} seconds after the first entry");
    }

    private static DeliveryRules Of(IReadOnlyList<int> schedule) =>
        new(schedule.Count, Window, TimeSpan.FromSeconds(5), 1, MovesMoney: false)
    {
        Schedule = [.. schedule.Skip(1).Select(seconds => TimeSpan.FromSeconds(seconds))],
    };
}
