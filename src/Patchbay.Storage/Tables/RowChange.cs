namespace Patchbay.Storage;

/// <summary>What a batch does to one row, all its work taken together.</summary>
internal enum RowChange
{
    None,
    Insert,
    Update,
    Delete,

    /// <summary>Deleted, then inserted again.</summary>
    Replace,
}
