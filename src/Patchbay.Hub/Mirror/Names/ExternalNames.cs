using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Mirror.Names;

/// <summary>Reads what callers name, by the hub's id or by the business system's.</summary>
internal static class ExternalNames
{
    private const int MaxLength = 100;

    /// <summary>The business system's id of what a request writes. The hub's own ids are told apart by how they begin.</summary>
    public static string Read(string? given, string field, Faults faults)
    {
        var text = faults.Text(given, field, MaxLength);
        faults.Sendable(text, field);
        faults.Require(
            !TypeId.TryParse<CustomerId>(text, out _) && !TypeId.TryParse<InvoiceId>(text, out _), field,
            "is an id of the hub's: give the business system's own");
        return text;
    }

    /// <summary>A slash of an id stays escaped in a path.</summary>
    public static string FromPath(string part) => part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Names the row that a text means, if there is one.</summary>
    /// <param name="keyOf">The row's key.</param>
    public static void Need<TId, TKey, TRow>(
        LedgerNeeds needs, ExternalNameKey name, Table<TKey, TRow> table, Func<TId, TKey> keyOf, Action<LedgerNeeds, TRow?> then)
        where TId : struct, ITypedId<TId>
        where TKey : struct, IEquatable<TKey>
        where TRow : class
    {
        if (TypeId.TryParse<TId>(name.ExternalId, out var id))
        {
            needs.Row(table, keyOf(id), then);
            return;
        }

        needs.Row(ExternalNameTable.Instance, name, (more, named) =>
        {
            if (named is not null)
                more.Row(table, keyOf(TId.From(named.NamedId)), then);
        });
    }

    /// <summary>The row that was named so in <see cref="Need"/>; null when there is none.</summary>
    public static TRow? Find<TId, TKey, TRow>(LedgerRows rows, ExternalNameKey name, Table<TKey, TRow> table, Func<TId, TKey> keyOf)
        where TId : struct, ITypedId<TId>
        where TKey : struct, IEquatable<TKey>
        where TRow : class =>
        TypeId.TryParse<TId>(name.ExternalId, out var id) ? rows.Find(table, keyOf(id))
        : rows.Find(ExternalNameTable.Instance, name) is { } named ? rows.Find(table, keyOf(TId.From(named.NamedId)))
        : null;
}
