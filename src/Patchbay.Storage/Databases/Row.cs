using System.Data.Common;
using System.Globalization;

namespace Patchbay.Storage;

/// <summary>
/// The current row of a reader, with the hub's own types. A null in a column that is read as never null is a bug and throws.
/// </summary>
public readonly struct Row(Database database, DbDataReader reader)
{
    public TId Id<TId>(string column)
        where TId : struct, ITypedId<TId> => TId.From(database.ReadGuid(reader, reader.GetOrdinal(column)));

    /// <summary>Null when the column is. The same for every <c>Find</c> below; the others throw then.</summary>
    public TId? FindId<TId>(string column)
        where TId : struct, ITypedId<TId> => FindGuid(column) is { } value ? TId.From(value) : null;

    public Guid Guid(string column) => database.ReadGuid(reader, reader.GetOrdinal(column));

    public Guid? FindGuid(string column) => Ordinal(column) is { } ordinal ? database.ReadGuid(reader, ordinal) : null;

    public string Text(string column) => reader.GetString(reader.GetOrdinal(column));

    public string? FindText(string column) => Ordinal(column) is { } ordinal ? reader.GetString(ordinal) : null;

    /// <summary>A whole number of either width, cut to 32 bits without a check: for columns that hold no more.</summary>
    public int Int(string column) => (int)Long(column);

    public int? FindInt(string column) => (int?)FindLong(column);

    public long Long(string column) => Number(reader.GetOrdinal(column));

    public long? FindLong(string column) => Ordinal(column) is { } ordinal ? Number(ordinal) : null;

    public double Double(string column) => reader.GetDouble(reader.GetOrdinal(column));

    public double? FindDouble(string column) => Ordinal(column) is { } ordinal ? reader.GetDouble(ordinal) : null;

    public bool Flag(string column) => reader.GetBoolean(reader.GetOrdinal(column));

    public bool? FindFlag(string column) => Ordinal(column) is { } ordinal ? reader.GetBoolean(ordinal) : null;

    /// <summary>In UTC, to the microsecond.</summary>
    public DateTimeOffset Time(string column) => database.ReadTime(reader, reader.GetOrdinal(column));

    public DateTimeOffset? FindTime(string column) => Ordinal(column) is { } ordinal ? database.ReadTime(reader, ordinal) : null;

    public byte[] Bytes(string column) => reader.GetFieldValue<byte[]>(reader.GetOrdinal(column));

    public byte[]? FindBytes(string column) => Ordinal(column) is { } ordinal ? reader.GetFieldValue<byte[]>(ordinal) : null;

    public TEnum Word<TEnum>(string column)
        where TEnum : struct, Enum => Words.Parse<TEnum>(Text(column));

    public TEnum? FindWord<TEnum>(string column)
        where TEnum : struct, Enum => FindText(column) is { } word ? Words.Parse<TEnum>(word) : null;

    /// <summary>Separated by spaces.</summary>
    public IReadOnlyList<T> List<T>(string column)
        where T : IParsable<T> => Split<T>(Text(column));

    public IReadOnlyList<T>? FindList<T>(string column)
        where T : IParsable<T> => FindText(column) is { } text ? Split<T>(text) : null;

    private static T[] Split<T>(string text)
        where T : IParsable<T> =>
        Array.ConvertAll(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), item => T.Parse(item, CultureInfo.InvariantCulture));

    private int? Ordinal(string column)
    {
        var ordinal = reader.GetOrdinal(column);
        return reader.IsDBNull(ordinal) ? null : ordinal;
    }

    private long Number(int ordinal) => reader.GetFieldType(ordinal) == typeof(int) ? reader.GetInt32(ordinal) : reader.GetInt64(ordinal);
}
