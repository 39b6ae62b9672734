using Microsoft.Extensions.DependencyInjection;
using Patchbay.Storage;

namespace Patchbay.Integrations.Timeline;

/// <summary>The rows of a table that say in <c>customer_id</c> whom they belong to, and in <c>mode</c> in which mode.</summary>
internal sealed class TimelineRows<TKey, TRow>(
    Database database, Table<TKey, TRow> table, string type, string permission, Func<TRow, object> view)
    : ITimelineSource
    where TKey : struct, IEquatable<TKey>
    where TRow : class
{
    public string Permission => permission;

    public Task<IReadOnlyList<TimelineEntry>> ReadAsync(TimelineQuery query, CancellationToken cancellationToken) =>
        database.QueryAsync(
            $"""
            SELECT * FROM {table.Name} WHERE tenant_id = @Tenant AND customer_id IN (@Id, @ExternalId) AND mode = @mode AND id < @Before
             ORDER BY id DESC LIMIT @Limit
            """,
            new { query.Tenant, query.Id, query.ExternalId, mode = query.Mode.ToWord(), query.Before, query.Limit },
            row => new TimelineEntry(row.Guid("id"), type, view(table.Read(row))), cancellationToken);
}

public static class TimelineRows
{
    /// <summary>Shows a table's rows in the timeline of the customers they belong to.</summary>
    public static IServiceCollection AddTimeline<TKey, TRow>(
        this IServiceCollection services, string type, string permission, Table<TKey, TRow> table, Func<TRow, object> view)
        where TKey : struct, IEquatable<TKey>
        where TRow : class =>
        services.AddSingleton<ITimelineSource>(
            provider => new TimelineRows<TKey, TRow>(provider.GetRequiredService<Database>(), table, type, permission, view));
}
