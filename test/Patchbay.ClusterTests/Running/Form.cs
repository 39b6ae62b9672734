namespace Patchbay.ClusterTests.Running;

/// <summary>How hard and how long: <c>PATCHBAY_CLUSTER=long</c> for the figures of <c>docs/reliability.md</c>, otherwise short.</summary>
internal static class Form
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("PATCHBAY_CLUSTER") == "long";

    /// <summary>Where everything has to be possible, nothing may be skipped.</summary>
    public static bool SkipsNothing { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Operations a second that the callers try to have accepted.</summary>
    public static int Rate { get; } = int.TryParse(Environment.GetEnvironmentVariable("PATCHBAY_CLUSTER_RATE"), out var rate) ? rate : IsLong ? 2_000 : 120;

    /// <summary>The long form has the defaults of the product.</summary>
    public static TimeSpan Heartbeat { get; } = IsLong ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(0.5);

    public static TimeSpan NodeTimeout { get; } = IsLong ? TimeSpan.FromSeconds(8) : TimeSpan.FromSeconds(3);

    /// <summary>How long operations flow before something breaks.</summary>
    public static TimeSpan Before { get; } = IsLong ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(2);

    /// <summary>How long a fault lasts that others must have noticed and dealt with meanwhile.</summary>
    public static TimeSpan Outage { get; } = NodeTimeout * 2 + TimeSpan.FromSeconds(1);

    /// <summary>How long operations flow after it is over.</summary>
    public static TimeSpan After { get; } = IsLong ? TimeSpan.FromSeconds(15) : TimeSpan.FromSeconds(2);

    /// <summary>Long enough for all three.</summary>
    public static TimeSpan Flow { get; } = Before + Outage + After;
}
