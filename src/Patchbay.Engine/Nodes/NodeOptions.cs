using System.ComponentModel.DataAnnotations;

namespace Patchbay.Engine;

/// <summary>Settings under <c>Patchbay:Node</c>.</summary>
public sealed class NodeOptions
{
    /// <summary>Shown in <c>nodes</c> and logs. Default: the machine's name.</summary>
    public string Name { get; set; } = Environment.MachineName;

    /// <summary>How often a node says that it lives. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Silence after which a node counts as dead and its work is taken over. Default 8 s; at least three heartbeats.</summary>
    [Range(typeof(TimeSpan), "00:00:00.3", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How often due work is looked for in the database. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a stopping node waits for calls on their way. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a stopping node goes on serving after it has said that it is not ready. Default none; behind a load balancer, longer than
    /// that takes to notice.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainDelay { get; set; }

    /// <summary>
    /// Calls at the same time to destinations that answer within a second, over all lanes. One tenant has three quarters of them at most.
    /// Default 256.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxCalls { get; set; } = 256;

    /// <summary>
    /// Calls at the same time to other destinations: that take longer, or are not known yet. One tenant has a quarter of them at most.
    /// Default 2,048.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxSlowCalls { get; set; } = 2_048;
}
