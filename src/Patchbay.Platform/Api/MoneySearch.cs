using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Storage;

namespace Patchbay.Platform.Api;

/// <summary>
/// Finds what moves money by what others know of it: rows with an <c>id</c>, a <c>mode</c>, an <c>amount</c> in a <c>currency</c>, and the
/// names that others give them.
/// </summary>
/// <param name="names">The columns of these names; each is indexed behind the tenant, as the amount is behind the currency.</param>
public sealed class MoneySearch<TRow>(
    Database database, string table, Func<Row, TRow> read, Func<TRow, Guid> id, IReadOnlyList<string> names)
{
    private readonly string _some = $"SELECT * FROM {table} WHERE tenant_id = @tenant AND mode = @mode AND";

    /// <summary>Those of which a name is one of the texts as it is written; of a text that very many have, not all.</summary>
    public async Task<IReadOnlyList<TRow>> ByReferencesAsync(
        TenantId tenant, IntegrationMode mode, IReadOnlyCollection<string> texts, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object?> { ["tenant"] = tenant, ["mode"] = mode.ToWord() };
        var found = new List<TRow>();
        foreach (var name in names)
            found.AddRange(await database.QueryByTextsAsync(_some, name, texts, parameters, read, cancellationToken));
        return [.. found.DistinctBy(id)];
    }

    /// <param name="ids">At most a thousand.</param>
    public Task<IReadOnlyList<TRow>> ByIdsAsync(
        TenantId tenant, IntegrationMode mode, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var where = new SqlFilter().In("id", "id", ids).With("tenant", tenant).With("mode", mode.ToWord()).With("limit", ids.Count);
        return database.QueryAsync($"{_some} {where.Where} LIMIT @limit", where.Parameters, read, cancellationToken);
    }

    /// <summary>The newest of an amount that were made in a time.</summary>
    public Task<IReadOnlyList<TRow>> OfAmountAsync(
        TenantId tenant, IntegrationMode mode, Money amount, DateTimeOffset from, DateTimeOffset until, int limit,
        CancellationToken cancellationToken) => database.QueryAsync(
        _some + " currency = @currency AND amount = @amount AND id >= @from AND id < @until ORDER BY id DESC LIMIT @limit",
        new
        {
            tenant, mode = mode.ToWord(), currency = amount.Currency.Code, amount = amount.MinorUnits, from = IdGenerator.LowestAt(from),
            until = IdGenerator.LowestAt(until), limit,
        },
        read, cancellationToken);

    /// <summary>A page of those of a time, newest first.</summary>
    /// <param name="from">The lowest id.</param>
    /// <param name="before">Above the highest.</param>
    public Task<IReadOnlyList<TRow>> PageAsync(
        TenantId tenant, IntegrationMode mode, Guid from, Guid before, int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(
            _some + " id >= @from AND id < @before ORDER BY id DESC LIMIT @limit",
            new { tenant, mode = mode.ToWord(), from, before, limit }, read, cancellationToken);
}

public static class MoneySearches
{
    /// <summary>Lets other features find the rows of a table by what others know of them.</summary>
    public static IServiceCollection AddMoneySearch<TKey, TRow>(
        this IServiceCollection services, Table<TKey, TRow> table, Func<TRow, Guid> id, params string[] names)
        where TKey : struct, IEquatable<TKey>
        where TRow : class =>
        services.AddSingleton(
            provider => new MoneySearch<TRow>(provider.GetRequiredService<Database>(), table.Name, table.Read, id, names));
}
