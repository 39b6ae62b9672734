using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Storage;

namespace Patchbay.Server.Shards.Moving;

/// <summary>How many rows there are and what is in them, in any order.</summary>
/// <param name="Sum">Of the SHA-256 of each row, modulo 2^128.</param>
public readonly record struct RowDigest(long Count, UInt128 Sum)
{
    public RowDigest Add(IEnumerable<object?[]> rows)
    {
        var (count, sum) = this;
        foreach (var row in rows)
            (count, sum) = (count + 1, sum + Hash(row));
        return new RowDigest(count, sum);
    }

    /// <summary>Each value with its kind and length, so that values cannot run into each other.</summary>
    private static UInt128 Hash(object?[] row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[5];
        foreach (var value in row)
        {
            var (kind, bytes) = value switch
            {
                null => ('0', []),
                Guid guid => ('g', guid.ToByteArray(bigEndian: true)),
                DateTimeOffset time => ('t', BitConverter.GetBytes(time.UtcTicks)),
                bool flag => ('f', [flag ? (byte)1 : (byte)0]),
                long number => ('n', BitConverter.GetBytes(number)),
                double number => ('d', BitConverter.GetBytes(number)),
                string text => ('s', Encoding.UTF8.GetBytes(text)),
                byte[] blob => ('b', blob),
                _ => throw new InvalidOperationException($"{value.GetType().Name} has no digest."),
            };
            head[0] = (byte)kind;
            BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
            hash.AppendData(head);
            hash.AppendData(bytes);
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }
}

/// <summary>
/// A tenant's rows of one table, read and written without knowing what they mean, in the hub's own types: the databases may differ in kind.
/// </summary>
internal sealed class TenantRows(Database database, TenantTableShape table, TenantId tenant)
{
    public const int Page = 200;

    /// <summary>Types that a column with tenants' data may have.</summary>
    public static readonly IReadOnlySet<string> KnownTypes =
        new HashSet<string> { "uuid", "timestamptz", "boolean", "smallint", "integer", "bigint", "double precision", "text", "bytea" };

    private readonly int[] _key = [.. table.Key.Select(name => table.Columns.Index().Single(column => column.Item.Name == name).Index)];

    public string Name => table.Name;

    public TenantId Tenant => tenant;

    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await database.QueryAsync($"SELECT count(*) AS count FROM {table.Name} WHERE tenant_id = @tenant", new { tenant }, row =>
            row.Long("count"), cancellationToken))[0];

    /// <summary>All rows in the order of the primary key, a page at a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<object?[]>> PagesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object?> { ["tenant"] = tenant.Value };
        var after = "";
        while (true)
        {
            var page = await database.QueryAsync(
                $"SELECT {Columns} FROM {table.Name} WHERE tenant_id = @tenant{after}{Order} LIMIT {Page}", parameters, Read,
                cancellationToken);
            if (page.Count > 0)
                yield return page;
            if (page.Count < Page)
                yield break;
            for (var i = 0; i < _key.Length; i++)
                parameters["k" + i] = page[^1][_key[i]];
            after = $" AND ({string.Join(", ", table.Key)}) > ({string.Join(", ", _key.Index().Select(part => "@k" + part.Index))})";
        }
    }

    public async Task<RowDigest> DigestAsync(CancellationToken cancellationToken)
    {
        var digest = new RowDigest();
        await foreach (var page in PagesAsync(cancellationToken))
            digest = digest.Add(page);
        return digest;
    }

    /// <summary>Rows that are there already stay as they are.</summary>
    public async Task InsertAsync(WriteTransaction write, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder($"INSERT INTO {table.Name} ({Columns}) VALUES ");
        var parameters = new Dictionary<string, object?>();
        for (var row = 0; row < rows.Count; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < rows[row].Length; column++)
            {
                var name = $"p{row}_{column}";
                sql.Append(column == 0 ? "@" : ", @").Append(name);
                parameters.Add(name, rows[row][column]);
            }

            sql.Append(')');
        }

        await database.ExecuteAsync(write, sql.Append(" ON CONFLICT DO NOTHING").ToString(), parameters, cancellationToken);
    }

    /// <summary>Deletes some rows; returns how many, fewer than a page at the end.</summary>
    public Task<int> DeleteAsync(WriteTransaction write, CancellationToken cancellationToken)
    {
        var key = string.Join(", ", table.Key.Prepend(TenantTables.Column));
        return database.ExecuteAsync(
            write, $"DELETE FROM {table.Name} WHERE ({key}) IN (SELECT {key} FROM {table.Name} WHERE tenant_id = @tenant LIMIT {Page})",
            new { tenant }, cancellationToken);
    }

    /// <summary>Whether any of them is held by a node.</summary>
    public async Task<bool> AnyLeasedAsync(CancellationToken cancellationToken) => table.CanBeLeased && await database.QueryAsync(
        $"SELECT 1 AS one FROM {table.Name} WHERE tenant_id = @tenant AND leased_by IS NOT NULL LIMIT 1", new { tenant },
        row => row.Int("one"), cancellationToken) is [_];

    private string Columns => string.Join(", ", table.Columns.Select(column => column.Name));

    private string Order => table.Key.Count == 0 ? "" : $" ORDER BY {string.Join(", ", table.Key)}";

    private object?[] Read(Row row) => [.. table.Columns.Select(column => Read(row, column))];

    private static object? Read(Row row, TenantColumn column) => column.Type switch
    {
        "uuid" => row.FindGuid(column.Name),
        "timestamptz" => row.FindTime(column.Name),
        "boolean" => row.FindFlag(column.Name),
        "smallint" or "integer" or "bigint" => row.FindLong(column.Name),
        "double precision" => row.FindDouble(column.Name),
        "text" => row.FindText(column.Name),
        "bytea" => row.FindBytes(column.Name),
        _ => throw new InvalidOperationException(
            $"Column {column.Name} has the type {column.Type}, which TenantRows cannot copy yet: add it there."),
    };
}
