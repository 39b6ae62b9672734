using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Storage;

namespace Patchbay.Platform.Tenants;

/// <summary>
/// The rows of one table that are part of a tenant's configuration, as of one version of it. A feature derives its own, registers it with
/// <c>AddConfigSet</c>, and finds it again by its type with <see cref="TenantConfig.Part{T}"/>. Immutable.
/// </summary>
/// <param name="rows">Without deleted ones.</param>
public abstract class ConfigSet<TId, TRow>(IReadOnlyList<TRow> rows, Func<TRow, TId> idOf)
    where TId : struct, ITypedId<TId>
    where TRow : class
{
    /// <summary>In the order in which they were read.</summary>
    public IReadOnlyList<TRow> All { get; } = rows;

    public FrozenDictionary<TId, TRow> ById { get; } = rows.ToFrozenDictionary(idOf);

    public TRow? Find(TId id) => ById.GetValueOrDefault(id);
}

public static class ConfigSets
{
    /// <summary>Reads a feature's rows, without deleted ones, with the rest of a tenant's configuration.</summary>
    /// <param name="max">More than so many are not read: making one more has to be refused.</param>
    public static IServiceCollection AddConfigSet<TKey, TRow, TSet>(
        this IServiceCollection services, Table<TKey, TRow> table, Func<IReadOnlyList<TRow>, TSet> of, int max)
        where TKey : struct, IEquatable<TKey>
        where TRow : class
        where TSet : class
    {
        var sql = $"SELECT * FROM {table.Name} WHERE tenant_id = @tenant AND deleted_at IS NULL ORDER BY id LIMIT @max";
        return services.AddConfigSet(async (provider, tenant, cancel) =>
            of(await provider.GetRequiredService<Database>().QueryAsync(sql, new { tenant, max }, table.Read, cancel)));
    }

    /// <summary>As above, read in a way of its own.</summary>
    public static IServiceCollection AddConfigSet<TSet>(
        this IServiceCollection services, Func<IServiceProvider, TenantId, CancellationToken, Task<TSet>> read)
        where TSet : class =>
        services.AddSingleton<IConfigPart>(provider => new Part<TSet>((tenant, cancel) => read(provider, tenant, cancel)));

    private sealed class Part<TSet>(Func<TenantId, CancellationToken, Task<TSet>> read) : IConfigPart
        where TSet : class
    {
        public async Task<object> ReadAsync(TenantId tenant, CancellationToken cancellationToken) => await read(tenant, cancellationToken);
    }
}
