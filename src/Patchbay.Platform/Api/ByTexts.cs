using Patchbay.Storage;

namespace Patchbay.Platform.Api;

/// <summary>Reads rows by many texts at once, in statements of a bounded size.</summary>
public static class ByTexts
{
    private const int PerStatement = 500;

    /// <summary>Rows of which a statement may have so many more than texts are read anew by half of them, so that none is missed.</summary>
    private const int Most = 50;

    /// <summary>
    /// Every row whose column is one of the texts; of a text that is in more than 50, at least 50. In no particular order.
    /// </summary>
    /// <param name="sql">
    /// Ends where the condition on the column begins: <c>SELECT * FROM t WHERE tenant_id = @tenant AND</c>. A constant of the program, as
    /// the column is.
    /// </param>
    /// <param name="parameters">Of the text before.</param>
    public static async Task<IReadOnlyList<TRow>> QueryByTextsAsync<TRow>(
        this Database database, string sql, string column, IReadOnlyCollection<string> texts,
        IReadOnlyDictionary<string, object?> parameters, Func<Row, TRow> read, CancellationToken cancellationToken)
    {
        var rows = new List<TRow>();
        var pieces = new Stack<string[]>(texts.Distinct(StringComparer.Ordinal).Chunk(PerStatement));
        while (pieces.TryPop(out var piece))
        {
            var limit = Most + 2 * piece.Length;
            var where = new SqlFilter().In(column, "text", piece).With("limit", limit);
            foreach (var (name, value) in parameters)
                where.With(name, value);
            var found = await database.QueryAsync($"{sql} {where.Where} LIMIT @limit", where.Parameters, read, cancellationToken);
            if (found.Count < limit || piece.Length == 1)
            {
                rows.AddRange(found);
                continue;
            }

            pieces.Push(piece[..(piece.Length / 2)]);
            pieces.Push(piece[(piece.Length / 2)..]);
        }

        return rows;
    }
}
