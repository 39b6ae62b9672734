using Patchbay.Platform.Api;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>Which webhooks a list shows; null: all.</summary>
public sealed record InboxFilter(InboxStatus? Status, IntegrationId? Integration, string? Provider)
{
    /// <summary>Only those for one of these integrations; null: for any.</summary>
    public IReadOnlyCollection<Guid>? Among { get; init; }
}

/// <summary>Reads a tenant's inbox.</summary>
public sealed class InboxQueries(Database database)
{
    public async Task<Page<InboxEntry>> ListAsync(
        TenantId tenant, InboxFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var where = Where(tenant, filter).And("id < @before", "before", page.Before).With("limit", page.Limit + 1);
        var rows = await database.QueryAsync(
            $"SELECT {InboxTable.ListColumns} FROM inbox WHERE {where.Where} ORDER BY id DESC LIMIT @limit",
            where.Parameters, InboxTable.Instance.Read, cancellationToken);
        return Page<InboxEntry>.Of(rows, page.Limit, entry => entry.Id.Value);
    }

    /// <summary>With its request. Null when the tenant has no such webhook.</summary>
    public Task<InboxEntry?> FindAsync(TenantId tenant, InboxId id, CancellationToken cancellationToken) =>
        database.FindAsync("SELECT * FROM inbox WHERE tenant_id = @tenant AND id = @id", new { tenant, id }, InboxTable.Instance.ReadWhole,
            cancellationToken);

    /// <summary>The oldest first.</summary>
    public Task<IReadOnlyList<InboxEntry>> OldestAsync(
        TenantId tenant, InboxFilter filter, InboxId? after, int limit, CancellationToken cancellationToken)
    {
        var where = Where(tenant, filter).And("id > @after", "after", after?.Value).With("limit", limit);
        return database.QueryAsync(
            $"SELECT {InboxTable.ListColumns} FROM inbox WHERE {where.Where} ORDER BY id LIMIT @limit",
            where.Parameters, InboxTable.Instance.Read, cancellationToken);
    }

    private static SqlFilter Where(TenantId tenant, InboxFilter filter)
    {
        var where = new SqlFilter().And("tenant_id = @tenant", "tenant", tenant.Value)
            .And("status = @status", "status", filter.Status?.ToWord())
            .And("integration_id = @integration", "integration", filter.Integration?.Value)
            .And("provider = @provider", "provider", filter.Provider);
        if (filter.Among is { } integrations)
            where.In("integration_id", "among", integrations);
        // Lets the database use the index of the others, which a parameter does not.
        return filter.Status is null or InboxStatus.Processed ? where : where.And("status <> 'processed'");
    }
}
