namespace Patchbay.Engine;

/// <summary>How often and how long a capability is tried.</summary>
/// <param name="Tries">Calls in all; above zero.</param>
/// <param name="Window">From acceptance; after it nothing is tried any more.</param>
/// <param name="FirstDelay">Before the second call.</param>
/// <param name="Factor">By which each further delay grows; at least 1.</param>
/// <param name="MovesMoney">Then nothing that may have been carried out is ever sent again without proof.</param>
public sealed record DeliveryRules(int Tries, TimeSpan Window, TimeSpan FirstDelay, double Factor, bool MovesMoney)
{
    /// <summary>
    /// The delays one by one, instead of growing by the factor; waited give or take a fifth. Null: they grow. Past the end the last one
    /// holds.
    /// </summary>
    public IReadOnlyList<TimeSpan>? Schedule { get; init; }

    /// <summary>
    /// The delay after so many calls, before jitter: as the schedule says; else first, first × factor, first × factor², ...
    /// </summary>
    public TimeSpan DelayAfter(int tries)
    {
        if (Schedule is { Count: > 0 } schedule)
            return schedule[Math.Clamp(tries - 1, 0, schedule.Count - 1)];
        var ticks = FirstDelay.Ticks * Math.Pow(Factor, Math.Max(0, tries - 1));
        // Compared as numbers: they may be too large for a TimeSpan.
        return ticks < Window.Ticks ? TimeSpan.FromTicks((long)ticks) : Window;
    }

    /// <summary>
    /// What is waited after so many calls. A growing delay is waited in part, from nothing up to all of it ("full jitter"): many that
    /// failed together spread out. A schedule is a promise, and is kept within a fifth.
    /// </summary>
    /// <param name="jitter">From 0 up to 1.</param>
    public TimeSpan WaitAfter(int tries, double jitter) => DelayAfter(tries) * (Schedule is { Count: > 0 } ? 0.8 + 0.4 * jitter : jitter);
}

/// <summary>What is safe when the outcome of a call is not known.</summary>
public enum RepeatSafety
{
    /// <summary>The same call again does nothing twice: the provider has idempotency keys, or it only reads.</summary>
    Safe,

    /// <summary>As <see cref="Safe"/>; and when calls go on leaving it open, or none is left, the provider can be asked.</summary>
    SafeThenLookUp,

    /// <summary>The provider can be asked what happened.</summary>
    LookUp,

    /// <summary>It is sent again: twice is better than never.</summary>
    AtLeastOnce,

    /// <summary>Never without proof: a person decides.</summary>
    Never,
}
