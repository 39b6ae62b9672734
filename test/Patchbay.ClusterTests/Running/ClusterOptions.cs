namespace Patchbay.ClusterTests.Running;

/// <summary>In what a run differs from the usual.</summary>
internal sealed class ClusterOptions
{
    /// <summary>Null: the one that the runs share.</summary>
    public DatabaseServer? Server { get; init; }

    /// <summary>Null: that of the server, from the name of the database.</summary>
    public Func<string, string>? ConnectionString { get; init; }

    /// <summary>Null: PostgreSQL. A file is served by one hub without a load balancer.</summary>
    public string? SqliteFile { get; init; }

    /// <summary>Settings of every node.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>Further settings of one node, by its number.</summary>
    public Dictionary<int, Dictionary<string, string>> OfNode { get; init; } = [];

    /// <summary>Limits of both integrations, beside their time-out and their first retry.</summary>
    public int RequestsPerSecond { get; init; } = 10_000;
}
