namespace Patchbay.Server.Shards.Moving;

/// <summary>Before anything else: both ends must have the same tables, or rows would be lost between them.</summary>
internal static class CommonTables
{
    /// <exception cref="MoveRefusedException">They differ, or a table's rows cannot be told apart.</exception>
    public static async Task<IReadOnlyList<TenantTableShape>> ReadAsync(MoveEnd source, MoveEnd target, CancellationToken cancellationToken)
    {
        var here = await TenantTables.ReadAsync(source.Database, cancellationToken);
        var there = await TenantTables.ReadAsync(target.Database, cancellationToken);
        foreach (var table in here)
        {
            if (!there.Any(other => other.Name == table.Name && ColumnsOf(other).SequenceEqual(ColumnsOf(table))))
            {
                throw new MoveRefusedException(
                    $"{table.Name} is not the same on {source.Name} and {target.Name}. "
                    + "Run patchbay migrate, which brings all shards up to date.");
            }

            if (!table.HasKey)
                throw new MoveRefusedException($"{table.Name} has no primary key, so its rows cannot be told apart.");
        }

        return here;
    }

    private static IEnumerable<string> ColumnsOf(TenantTableShape table) => table.Columns.Select(column => column.Name).Order();
}
