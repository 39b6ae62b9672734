namespace Patchbay.Storage;

/// <summary>
/// Declares that a partial record is the row of a table, which is generated: <c>MessageTable.Instance</c> of <c>Message</c>. Each property
/// that can be set is a column, in the order of declaration; it is written with every update unless it is marked otherwise. See
/// eng/Patchbay.Generators/README.md.
/// </summary>
/// <param name="name">In the database.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LedgerTableAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>What the generated class is called, if not after the record.</summary>
    public string? Class { get; set; }

    /// <summary>Rows are never updated: what is not marked is <see cref="FixedAttribute"/>.</summary>
    public bool OnlyInserted { get; set; }
}
