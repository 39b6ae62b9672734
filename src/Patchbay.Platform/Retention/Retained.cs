using Patchbay.Storage;

namespace Patchbay.Platform.Retention;

/// <summary>
/// A table from which rows go once they have been kept long enough, tenant by tenant. Features register one for each such table; what is
/// registered first is deleted first.
/// </summary>
/// <param name="Name">The setting under <c>Patchbay:Retention</c>; several tables may share one.</param>
/// <param name="Default">How long rows are kept when the setting is not given.</param>
/// <param name="Time">The column with an id that was made in the order of time: what is old lies together at the begin of each tenant's
/// keys.</param>
public sealed record Retained(string Table, string Name, TimeSpan Default, string Time)
{
    /// <summary>The columns of the key after the tenant.</summary>
    public string Key { get; init; } = Time;

    /// <summary>A condition on <c>r</c>, with <c>@tenant</c>: which of the old rows may go. Null: all.</summary>
    public string? Condition { get; init; }

    /// <summary>On PostgreSQL its rows go by the partition. Null when it has none.</summary>
    public PartitionedTable? Partitions { get; init; }

    /// <summary>
    /// Its partitions go only with those of this table, whose rows say whether its own are still needed. Null: on their own.
    /// </summary>
    public PartitionedTable? Follows { get; init; }

    /// <param name="table">The table, or the partition of it in which rows are deleted one by one.</param>
    internal string Deletion(string table)
    {
        var condition = Condition is null ? "" : $" AND ({Condition})";
        return $"DELETE FROM {table} WHERE tenant_id = @tenant AND ({Key}) IN (SELECT {Key} FROM {table} AS r WHERE r.tenant_id = @tenant "
            + $"AND r.{Time} < @before{condition} ORDER BY {Key} LIMIT @Step)";
    }
}

/// <summary>A table whose rows say themselves until when they are kept, whoever's they are.</summary>
/// <param name="Key">The columns of the key.</param>
/// <param name="Until">The column with the time; indexed.</param>
public sealed record Expiring(string Table, string Key, string Until)
{
    internal string Deletion =>
        $"DELETE FROM {Table} WHERE ({Key}) IN (SELECT {Key} FROM {Table} WHERE {Until} <= @now ORDER BY {Until} LIMIT @Step)";
}
