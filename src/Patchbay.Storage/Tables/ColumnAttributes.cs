namespace Patchbay.Storage;

/// <summary>
/// Part of the primary key. The one property that has it is the key; the several that have it are the parts of the property <c>Key</c>, in
/// its order.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class KeyAttribute : Attribute;

/// <summary>Written once.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FixedAttribute : Attribute;

/// <summary>Written once, and not read when the row is locked: payloads. <see cref="Table{TKey,TRow}.ReadWhole"/> reads it, too.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class InsertOnlyAttribute : Attribute;

/// <summary>
/// A count of the row's changes, 0 when it is inserted. It lets work hold a row that it knows (<see cref="LedgerNeeds.Held"/>): a write
/// finds out whether somebody else was faster. Statements outside the ledger that change such a row must count, too.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class VersionAttribute : Attribute;

/// <summary>Lives in memory only.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NotStoredAttribute : Attribute;

/// <summary>Stores a computed property for queries, or names the columns of one whose names do not follow from its own.</summary>
/// <param name="names">
/// None: as they follow. Of a value with several parts, one for each; a column that was declared before is shared, and only read.
/// </param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ColumnAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>Stores a property as its type does not say by itself.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class StoredAsAttribute<TMapping> : Attribute;

/// <summary>How a value is stored in a column; named by <see cref="StoredAsAttribute{TMapping}"/>.</summary>
/// <typeparam name="TValue">Of the property, with its question mark.</typeparam>
/// <typeparam name="TStored">A type that columns have: text, a number, bytes, ...</typeparam>
public interface IStoredAs<TValue, TStored>
{
    static abstract TStored Write(TValue value);

    static abstract TValue Read(Row row, string column);
}
