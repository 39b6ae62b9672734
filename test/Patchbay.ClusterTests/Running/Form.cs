namespace Patchbay.ClusterTests.Running;

/// <summary>How hard and how long: <c>PATCHBAY_CLUSTER=long</c> for the figures of <c>docs/reliability.md</c>, otherwise short.</summary>
internal static class Form
{
    private const int PerProcessor = 60;

    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("PATCHBAY_CLUSTER") == "long";

    /// <summary>Where everything has to be possible, nothing may be skipped.</summary>
    public static bool SkipsNothing { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>
    /// Operations a second that the callers try to have accepted. In the long form as many as the machine can bear, on which everything
    /// runs together: three nodes, PostgreSQL, the balancer, the callers, and providers who send two webhooks for an SMS.
    /// </summary>
    public static int Rate { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PATCHBAY_CLUSTER_RATE"), out var rate) ? rate
        : IsLong ? Math.Min(2_000, PerProcessor * Environment.ProcessorCount) : 25;

    /// <summary>The long form has the defaults of the product.</summary>
    public static TimeSpan Heartbeat { get; } = IsLong ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(0.5);

    public static TimeSpan NodeTimeout { get; } = TimeSpan.FromSeconds(IsLong ? 8 : 4);

    /// <summary>
    /// Added to the nodes' connection strings: how long PostgreSQL waits for a node that says nothing. The short form is to scale: with a
    /// time-out of 4 s instead of 8, 2 s instead of the product's 5.
    /// </summary>
    public static string Session { get; } =
        IsLong
            ? ""
            : ";TCP Keepalive Time=2;TCP Keepalive Interval=1;Options=-c idle_in_transaction_session_timeout=2s -c tcp_user_timeout=2s -c "
                + "tcp_keepalives_idle=2 -c tcp_keepalives_interval=1";

    /// <summary>How long providers wait before they repeat a webhook that was not taken; then twice as long, and so on.</summary>
    public static TimeSpan WebhookRetry { get; } = TimeSpan.FromSeconds(IsLong ? 3 : 1);

    /// <summary>How long operations flow before something breaks.</summary>
    public static TimeSpan Before { get; } = TimeSpan.FromSeconds(IsLong ? 10 : 1.5);

    /// <summary>How long a fault lasts that others must have noticed and dealt with meanwhile.</summary>
    public static TimeSpan Outage { get; } = NodeTimeout * 2 + TimeSpan.FromSeconds(1);

    /// <summary>How long operations flow after it is over.</summary>
    public static TimeSpan After { get; } = TimeSpan.FromSeconds(IsLong ? 15 : 1.5);
}
