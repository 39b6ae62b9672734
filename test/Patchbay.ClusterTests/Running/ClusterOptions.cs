namespace Patchbay.ClusterTests.Running;

/// <summary>In what a cluster differs from the usual.</summary>
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
}
