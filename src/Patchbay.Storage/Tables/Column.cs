using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Patchbay.Storage;

/// <summary>A column of a <see cref="Table{TKey,TRow}"/>: how its values are taken from keys and rows.</summary>
internal abstract class Column<TKey, TRow>(string name)
{
    public string Name { get; } = name;

    public required ColumnRole Role { get; init; }

    /// <summary>Type name for casts in PostgreSQL.</summary>
    public abstract string PostgreSqlType { get; }

    public abstract object? ValueOf(TRow row);

    public abstract object? KeyValueOf(TKey key);

    /// <summary>All values of one column as one array parameter.</summary>
    public abstract DbParameter ToArray(IReadOnlyList<TRow> rows);

    public abstract DbParameter ToKeyArray(IReadOnlyList<TKey> keys);
}

internal sealed class Column<TKey, TRow, TValue>(string name, Func<TRow, TValue> ofRow, Func<TKey, TValue>? ofKey)
    : Column<TKey, TRow>(name)
{
    private static readonly (string Name, NpgsqlDbType Type) DatabaseType =
        TypeFor(Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue));

    public override string PostgreSqlType => DatabaseType.Name;

    public override object? ValueOf(TRow row) => ofRow(row);

    public override object? KeyValueOf(TKey key) => ofKey!(key);

    public override DbParameter ToArray(IReadOnlyList<TRow> rows)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = ofRow(rows[i]);
        return ToParameter(values);
    }

    public override DbParameter ToKeyArray(IReadOnlyList<TKey> keys)
    {
        var values = new TValue[keys.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = ofKey!(keys[i]);
        return ToParameter(values);
    }

    private static NpgsqlParameter ToParameter(TValue[] values)
    {
        // The driver takes moments in UTC only.
        if (values is DateTimeOffset[] moments)
            values = (TValue[])(object)Array.ConvertAll(moments, moment => moment.ToUniversalTime());
        else if (values is DateTimeOffset?[] optional)
            values = (TValue[])(object)Array.ConvertAll(optional, moment => moment?.ToUniversalTime());
        else if (values is string?[] texts)
        {
            for (var i = 0; i < texts.Length; i++)
                texts[i] = texts[i] is { } text ? StorableText.Of(text) : null;   // the array is this column's own
        }

        return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | DatabaseType.Type };
    }

    private static (string, NpgsqlDbType) TypeFor(Type type) => type switch
    {
        _ when type == typeof(Guid) => ("uuid", NpgsqlDbType.Uuid),
        _ when type == typeof(string) => ("text", NpgsqlDbType.Text),
        _ when type == typeof(int) => ("integer", NpgsqlDbType.Integer),
        _ when type == typeof(long) => ("bigint", NpgsqlDbType.Bigint),
        _ when type == typeof(bool) => ("boolean", NpgsqlDbType.Boolean),
        _ when type == typeof(double) => ("double precision", NpgsqlDbType.Double),
        _ when type == typeof(DateTimeOffset) => ("timestamptz", NpgsqlDbType.TimestampTz),
        _ when type == typeof(byte[]) => ("bytea", NpgsqlDbType.Bytea),
        _ => throw new NotSupportedException($"No column type for {type}."),
    };
}
