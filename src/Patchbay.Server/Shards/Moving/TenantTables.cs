using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>A column of a table with tenants' data.</summary>
/// <param name="Type">As the migrations write it; both databases tell it.</param>
public sealed record TenantColumn(string Name, string Type);

/// <summary>A table with tenants' data.</summary>
/// <param name="Key">The other columns of the primary key, in its order; empty when a tenant has one row.</param>
public sealed record TenantTableShape(string Name, IReadOnlyList<TenantColumn> Columns, IReadOnlyList<string> Key, bool HasKey)
{
    /// <summary>Its rows can be held by a node.</summary>
    public bool CanBeLeased => Columns.Any(column => column.Name == "leased_by");
}

/// <summary>
/// Reads from the schema which tables hold tenants' data: all that have a column <c>tenant_id</c>. So no list has to be kept, and no new
/// table can be forgotten. Of a partitioned table it is the parent, never its partitions.
/// </summary>
public static class TenantTables
{
    public const string Column = "tenant_id";

    private const string PostgreSql = """
        SELECT c.relname::text AS table_name, a.attname::text AS column_name, format_type(a.atttypid, NULL) AS type,
               coalesce(array_position(i.indkey::smallint[], a.attnum) + 1, 0) AS key_position
          FROM pg_class AS c
          JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
          LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
         WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
           AND c.relkind IN ('r', 'p') AND NOT c.relispartition
         ORDER BY c.relname, a.attnum LIMIT 100000
        """;

    private const string Sqlite = """
        SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS type, c.pk AS key_position
          FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
         ORDER BY t.name, c.cid LIMIT 100000
        """;

    /// <summary>Without <c>tenant_moves</c>, which is about shards and stays where it is.</summary>
    public static async Task<IReadOnlyList<TenantTableShape>> ReadAsync(Database database, CancellationToken cancellationToken)
    {
        var columns = await database.QueryAsync(
            database is PostgreSqlDatabase ? PostgreSql : Sqlite, new { },
            row => (Table: row.Text("table_name"), Column: new TenantColumn(row.Text("column_name"), Plain(row.Text("type"))),
                KeyPosition: row.Long("key_position")),
            cancellationToken);
        return columns.GroupBy(column => column.Table)
            .Where(table => table.Key != TenantMoveTable.Instance.Name && table.Any(column => column.Column.Name == Column))
            .Select(table => new TenantTableShape(
                table.Key, [.. table.Select(column => column.Column)],
                [.. table.Where(column => column.KeyPosition > 0 && column.Column.Name != Column).OrderBy(column => column.KeyPosition)
                    .Select(column => column.Column.Name)],
                table.Any(column => column.KeyPosition > 0)))
            .ToList();
    }

    /// <summary>Those in which the tenant has rows: most features are used by few tenants.</summary>
    public static async Task<IReadOnlyList<TenantTableShape>> HoldingAsync(
        Database database, IReadOnlyList<TenantTableShape> tables, TenantId tenant, CancellationToken cancellationToken)
    {
        var sql = string.Join(" UNION ALL ", tables.Select((table, place) =>
            $"SELECT {place} AS place WHERE EXISTS (SELECT 1 FROM {table.Name} WHERE {Column} = @tenant)"));
        var places = await database.QueryAsync(sql, new { tenant }, row => row.Int("place"), cancellationToken);
        return [.. places.Order().Select(place => tables[place])];
    }

    /// <summary>Whether values of its type are known to be the same on the other side.</summary>
    public static bool CanCopy(TenantColumn column) => TenantRows.KnownTypes.Contains(column.Type);

    /// <summary>What a tenant has in one table.</summary>
    public static Task<RowDigest> DigestAsync(
        Database database, TenantTableShape table, TenantId tenant, CancellationToken cancellationToken) =>
        new TenantRows(database, table, tenant).DigestAsync(cancellationToken);

    /// <summary>One name for each type, whatever the database calls it.</summary>
    private static string Plain(string type) => type switch
    {
        "timestamp with time zone" => "timestamptz",
        _ => type,
    };
}
