namespace Patchbay.Hub.Webhooks;

/// <summary>What follows when an endpoint goes on failing.</summary>
internal enum FailureStep
{
    Nothing,

    /// <summary>Something went well meanwhile.</summary>
    Recovered,

    TellFailing,

    TellDisabling,

    Disable,
}

/// <summary>
/// The promise about endpoints whose every attempt fails: a notice after 24 hours, another 24 hours before the end, and the end with an
/// attempt that fails five days after the first. An endpoint that nothing is sent to is not disabled for it.
/// </summary>
internal static class FailureRule
{
    public static readonly TimeSpan FirstNotice = TimeSpan.FromHours(24);
    public static readonly TimeSpan DisableAfter = TimeSpan.FromDays(5);
    public static readonly TimeSpan LastNotice = DisableAfter - TimeSpan.FromHours(24);

    /// <summary>How often a failing endpoint is looked at.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromMinutes(5);

    /// <param name="lastSuccess">After the failure began; null when there was none.</param>
    public static FailureStep After(WebhookRelayState relay, DateTimeOffset? lastSuccess, DateTimeOffset now)
    {
        if (relay.FailingSince is not { } since)
            return FailureStep.Nothing;
        if (lastSuccess > since)
            return FailureStep.Recovered;
        if (relay.LastFailureAt - since >= DisableAfter)
            return FailureStep.Disable;
        if (now - since >= LastNotice && relay.Notices < 2)
            return FailureStep.TellDisabling;
        return now - since >= FirstNotice && relay.Notices < 1 ? FailureStep.TellFailing : FailureStep.Nothing;
    }
}
