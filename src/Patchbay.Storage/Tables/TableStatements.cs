namespace Patchbay.Storage;

/// <summary>The statements of one table, made once: arrays of rows on PostgreSQL, a prepared statement per row on SQLite.</summary>
internal sealed class TableStatements<TKey, TRow>
    where TKey : struct, IEquatable<TKey>
    where TRow : class
{
    public TableStatements(Table<TKey, TRow> table)
    {
        All = table.Columns.ToArray();
        Keys = Of(ColumnRole.Key);
        Updated = [.. Keys, .. Of(ColumnRole.Mutable), .. Of(ColumnRole.Version)];
        var read = All.Where(column => column.Role != ColumnRole.InsertOnly).ToArray();

        var keyNames = List(Keys);
        var assignments = Updated.Skip(Keys.Length).ToArray();
        var version = Array.FindIndex(Updated, column => column.Role == ColumnRole.Version);
        HasVersion = version >= 0;

        SelectMany =
            $"SELECT {List(read, "t.")} FROM unnest({Arrays(Keys)}) AS k ({keyNames}) JOIN {table.Name} AS t USING ({keyNames}) " +
            $"ORDER BY {List(Keys, "t.")} FOR UPDATE OF t";
        InsertMany = $"INSERT INTO {table.Name} ({List(All)}) SELECT * FROM unnest({Arrays(All)})";
        UpdateMany = assignments.Length == 0 ? "" :
            $"UPDATE {table.Name} AS t SET {string.Join(", ", assignments.Select(column => $"{column.Name} = v.{column.Name}"))} " +
            $"FROM unnest({Arrays(Updated)}) AS v ({List(Updated)}) WHERE {Matches("t.", "v.")}" +
            (!HasVersion ? "" : $" AND t.{Updated[version].Name} = v.{Updated[version].Name} - 1");
        DeleteMany = $"DELETE FROM {table.Name} AS t USING unnest({Arrays(Keys)}) AS v ({keyNames}) WHERE {Matches("t.", "v.")}";

        var where = string.Join(" AND ", Keys.Select((column, i) => $"{column.Name} = @p{i}"));
        SelectOne = $"SELECT {List(read)} FROM {table.Name} WHERE {where}";
        FindOne = $"SELECT {List(All)} FROM {table.Name} WHERE {where}";
        InsertOne = $"INSERT INTO {table.Name} ({List(All)}) VALUES ({string.Join(", ", All.Select((_, i) => $"@p{i}"))})";
        UpdateOne = assignments.Length == 0 ? "" :
            $"UPDATE {table.Name} SET " +
            string.Join(", ", assignments.Select((column, i) => $"{column.Name} = @p{i + Keys.Length}")) + $" WHERE {where}" +
            (!HasVersion ? "" : $" AND {Updated[version].Name} = @p{version} - 1");
        DeleteOne = $"DELETE FROM {table.Name} WHERE {where}";

        Column<TKey, TRow>[] Of(ColumnRole role) => All.Where(column => column.Role == role).ToArray();
        string Matches(string left, string right) =>
            string.Join(" AND ", Keys.Select(column => $"{left}{column.Name} = {right}{column.Name}"));
    }

    public Column<TKey, TRow>[] All { get; }

    public Column<TKey, TRow>[] Keys { get; }

    /// <summary>Keys, then mutable columns, then the version: the parameters of an update.</summary>
    public Column<TKey, TRow>[] Updated { get; }

    /// <summary>Whether an update that finds no row is to be told: somebody else was faster.</summary>
    public bool HasVersion { get; }

    public string SelectMany { get; }

    public string InsertMany { get; }

    public string UpdateMany { get; }

    public string DeleteMany { get; }

    public string SelectOne { get; }

    /// <summary>The whole row, without a lock.</summary>
    public string FindOne { get; }

    public string InsertOne { get; }

    public string UpdateOne { get; }

    public string DeleteOne { get; }

    private static string List(IEnumerable<Column<TKey, TRow>> columns, string prefix = "") =>
        string.Join(", ", columns.Select(column => prefix + column.Name));

    private static string Arrays(IEnumerable<Column<TKey, TRow>> columns) =>
        string.Join(", ", columns.Select((column, i) => $"${i + 1}::{column.PostgreSqlType}[]"));
}
