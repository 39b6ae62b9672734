namespace Patchbay.Storage;

/// <summary>When a column is written and read.</summary>
internal enum ColumnRole
{
    /// <summary>Part of the primary key.</summary>
    Key,

    /// <summary>Written once.</summary>
    Fixed,

    /// <summary>Written once, and not read when the row is locked: payloads.</summary>
    InsertOnly,

    /// <summary>Written again with every update of the row.</summary>
    Mutable,

    /// <summary>Counts the updates of the row.</summary>
    Version,
}
