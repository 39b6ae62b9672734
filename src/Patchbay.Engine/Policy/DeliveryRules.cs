namespace Patchbay.Engine;

/// <summary>How often and how long a capability is tried.</summary>
/// <param name="Tries">Calls in all; above zero.</param>
/// <param name="Window">From acceptance; after it nothing is tried any more.</param>
/// <param name="FirstDelay">Before the second call.</param>
/// <param name="Factor">By which each further delay grows; at least 1.</param>
/// <param name="MovesMoney">Then nothing that may have been carried out is ever sent again without proof.</param>
public sealed record DeliveryRules(int Tries, TimeSpan Window, TimeSpan FirstDelay, double Factor, bool MovesMoney)
{
    /// <summary>The delay after so many calls, before jitter: first, first × factor, first × factor², ...</summary>
    public TimeSpan DelayAfter(int tries)
    {
        var ticks = FirstDelay.Ticks * Math.Pow(Factor, Math.Max(0, tries - 1));
        return ticks < Window.Ticks ? TimeSpan.FromTicks((long)ticks) : Window;   // compared as numbers: they may be too large for a TimeSpan
    }
}

/// <summary>What is safe when the outcome of a call is not known.</summary>
public enum RepeatSafety
{
    /// <summary>The same call again does nothing twice: the provider has idempotency keys, or it only reads.</summary>
    Safe,

    /// <summary>The provider can be asked what happened.</summary>
    LookUp,

    /// <summary>It is sent again: twice is better than never.</summary>
    AtLeastOnce,

    /// <summary>Never without proof: a person decides.</summary>
    Never,
}
