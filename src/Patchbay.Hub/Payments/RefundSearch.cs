using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Finds refunds by what others know of them.</summary>
public sealed class RefundSearch(Database database)
{
    private const string Some = "SELECT * FROM refunds WHERE tenant_id = @tenant AND mode = @mode AND";

    /// <summary>Those that the provider calls one of the texts.</summary>
    public Task<IReadOnlyList<Refund>> ByReferencesAsync(
        TenantId tenant, IntegrationMode mode, IReadOnlyCollection<string> texts, CancellationToken cancellationToken) =>
        database.QueryByTextsAsync(
            Some, "provider_reference", texts, new Dictionary<string, object?> { ["tenant"] = tenant, ["mode"] = mode.ToWord() },
            RefundTable.Instance.Read, cancellationToken);

    /// <param name="ids">At most a thousand.</param>
    public Task<IReadOnlyList<Refund>> ByIdsAsync(
        TenantId tenant, IntegrationMode mode, IReadOnlyCollection<RefundId> ids, CancellationToken cancellationToken)
    {
        var where = new SqlFilter().In("id", "id", [.. ids.Select(id => id.Value)])
            .And("tenant_id = @tenant", "tenant", tenant).And("mode = @mode", "mode", mode.ToWord()).With("limit", ids.Count);
        return database.QueryAsync(
            $"SELECT * FROM refunds WHERE {where.Where} LIMIT @limit", where.Parameters, RefundTable.Instance.Read, cancellationToken);
    }

    /// <summary>The newest of an amount that were made in a time.</summary>
    public Task<IReadOnlyList<Refund>> OfAmountAsync(
        TenantId tenant, IntegrationMode mode, Money amount, DateTimeOffset from, DateTimeOffset until, int limit,
        CancellationToken cancellationToken) => database.QueryAsync(
        """
        SELECT * FROM refunds WHERE tenant_id = @tenant AND currency = @currency AND amount = @amount AND id >= @from AND id < @until
           AND mode = @mode ORDER BY id DESC LIMIT @limit
        """,
        Amounts.Parameters(tenant, mode, amount, from, until, limit), RefundTable.Instance.Read, cancellationToken);

    /// <summary>A page of those of a time, newest first.</summary>
    /// <param name="from">The lowest id.</param>
    /// <param name="before">Above the highest.</param>
    public Task<IReadOnlyList<Refund>> PageAsync(
        TenantId tenant, IntegrationMode mode, Guid from, Guid before, int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(
            Some + " id >= @from AND id < @before ORDER BY id DESC LIMIT @limit",
            new { tenant, mode = mode.ToWord(), from, before, limit }, RefundTable.Instance.Read, cancellationToken);
}
