using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>Rows of a tenant's configuration.</summary>
/// <param name="rows">Without deleted ones.</param>
public abstract class ConfigSet<TRow>(IReadOnlyList<TRow> rows)
{
    /// <summary>In the order in which they were given.</summary>
    public IReadOnlyList<TRow> All { get; } = rows;

    internal abstract Guid IdOf(TRow row);

    /// <summary>Those of the ids that rows of this kind have.</summary>
    internal abstract IReadOnlySet<Guid> OwnOf(IEnumerable<string> ids);
}

/// <summary>
/// The rows of one table that are part of a tenant's configuration, as of one version of it. A feature derives its own, registers it with
/// <c>AddConfigSet</c>, and finds it again by its type with <see cref="TenantConfig.Part{T}"/>. Immutable.
/// </summary>
/// <param name="rows">Without deleted ones.</param>
public abstract class ConfigSet<TId, TRow>(IReadOnlyList<TRow> rows, Func<TRow, TId> idOf) : ConfigSet<TRow>(rows)
    where TId : struct, ITypedId<TId>
    where TRow : class
{
    public FrozenDictionary<TId, TRow> ById { get; } = rows.ToFrozenDictionary(idOf);

    public TRow? Find(TId id) => ById.GetValueOrDefault(id);

    internal override Guid IdOf(TRow row) => idOf(row).Value;

    internal override IReadOnlySet<Guid> OwnOf(IEnumerable<string> ids) =>
        ids.Where(id => TypeId.TryParse<TId>(id, out _)).Select(id => TypeId.Parse<TId>(id).Value).ToHashSet();
}

public static class ConfigSets
{
    /// <summary>Reads a feature's rows with the rest of a tenant's configuration, and those that changed again.</summary>
    /// <param name="of">Of rows in the order of their ids.</param>
    /// <param name="max">More than so many are not read: making one more has to be refused.</param>
    /// <param name="condition">SQL for what is left out.</param>
    public static IServiceCollection AddConfigSet<TKey, TRow, TSet>(
        this IServiceCollection services, Table<TKey, TRow> table, Func<IReadOnlyList<TRow>, TSet> of, int max,
        string condition = "deleted_at IS NULL")
        where TKey : struct, IEquatable<TKey>
        where TRow : class
        where TSet : ConfigSet<TRow> => services.AddSingleton<IConfigPart>(
            provider => new Part<TKey, TRow, TSet>(provider.GetRequiredService<Database>(), table, of, max, condition));

    private sealed class Part<TKey, TRow, TSet>(
        Database database, Table<TKey, TRow> table, Func<IReadOnlyList<TRow>, TSet> of, int max, string condition) : IConfigPart
        where TKey : struct, IEquatable<TKey>
        where TRow : class
        where TSet : ConfigSet<TRow>
    {
        public async Task<object> ReadAsync(TenantId tenant, CancellationToken cancellationToken) =>
            of(await QueryAsync(Of(tenant), cancellationToken));

        public async Task<object> ReadAgainAsync(
            TenantConfig present, IReadOnlySet<string> changed, CancellationToken cancellationToken)
        {
            var set = present.Part<TSet>();
            var ids = set.OwnOf(changed);
            if (ids.Count == 0)
                return set;
            var rows = await QueryAsync(Of(present.Tenant).In("id", "id", ids), cancellationToken);
            return of([.. set.All.Where(row => !ids.Contains(set.IdOf(row))).Concat(rows).OrderBy(set.IdOf).Take(max)]);
        }

        private SqlFilter Of(TenantId tenant) => new SqlFilter().And("tenant_id = @tenant", "tenant", tenant).And(condition);

        private Task<IReadOnlyList<TRow>> QueryAsync(SqlFilter where, CancellationToken cancellationToken) => database.QueryAsync(
            $"SELECT * FROM {table.Name} WHERE {where.Where} ORDER BY id LIMIT @max", where.With("max", max).Parameters, table.Read,
            cancellationToken);
    }
}
