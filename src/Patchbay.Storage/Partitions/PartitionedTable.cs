namespace Patchbay.Storage;

/// <summary>A table that PostgreSQL keeps in partitions by the time in its UUIDv7 key.</summary>
/// <param name="Name">
/// Its first partition is <c>NAME_before</c>, its last one <c>NAME_after</c>: together with those between they take every key.
/// </param>
/// <param name="Key">The column whose range a partition is.</param>
/// <param name="PrimaryKey">All columns of the primary key.</param>
public sealed record PartitionedTable(string Name, string Key, IReadOnlyList<string> PrimaryKey)
{
    /// <summary>A condition on <c>r</c>: rows that outlive their partition and move to the first one. Null: none do.</summary>
    public string? Kept { get; init; }

    /// <summary>
    /// A condition on <c>r</c> that an index answers: rows that are being worked on, which must not be out of sight for a moment. Null:
    /// none are.
    /// </summary>
    public string? Active { get; init; }

    /// <summary>Takes every key older than the others do, and what outlives its own partition.</summary>
    public string First => Name + "_before";

    /// <summary>Takes every key newer than the others do: nothing is lost when nobody made partitions ahead.</summary>
    public string Last => Name + "_after";
}
