using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Hub.Payments;

/// <summary>Finds payments by what others know of them.</summary>
public sealed class PaymentSearch(Database database)
{
    private const string Some = "SELECT * FROM payments WHERE tenant_id = @tenant AND mode = @mode AND";

    /// <summary>
    /// Those whose own reference, or the provider's, is one of the texts as it is written; of a text that very many have, not all.
    /// </summary>
    public async Task<IReadOnlyList<Payment>> ByReferencesAsync(
        TenantId tenant, IntegrationMode mode, IReadOnlyCollection<string> texts, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, object?> { ["tenant"] = tenant, ["mode"] = mode.ToWord() };
        var own = await database.QueryByTextsAsync(
            Some, "reference", texts, parameters, PaymentTable.Instance.Read, cancellationToken);
        var providers = await database.QueryByTextsAsync(
            Some, "provider_reference", texts, parameters, PaymentTable.Instance.Read, cancellationToken);
        return [.. own.Concat(providers).DistinctBy(payment => payment.Id)];
    }

    /// <param name="ids">At most a thousand.</param>
    public Task<IReadOnlyList<Payment>> ByIdsAsync(
        TenantId tenant, IntegrationMode mode, IReadOnlyCollection<PaymentId> ids, CancellationToken cancellationToken)
    {
        var where = new SqlFilter().In("id", "id", [.. ids.Select(id => id.Value)])
            .And("tenant_id = @tenant", "tenant", tenant).And("mode = @mode", "mode", mode.ToWord()).With("limit", ids.Count);
        return database.QueryAsync(
            $"SELECT * FROM payments WHERE {where.Where} LIMIT @limit", where.Parameters, PaymentTable.Instance.Read, cancellationToken);
    }

    /// <summary>The newest of an amount that were made in a time.</summary>
    public Task<IReadOnlyList<Payment>> OfAmountAsync(
        TenantId tenant, IntegrationMode mode, Money amount, DateTimeOffset from, DateTimeOffset until, int limit,
        CancellationToken cancellationToken) => database.QueryAsync(
        """
        SELECT * FROM payments WHERE tenant_id = @tenant AND currency = @currency AND amount = @amount AND id >= @from AND id < @until
           AND mode = @mode ORDER BY id DESC LIMIT @limit
        """,
        Amounts.Parameters(tenant, mode, amount, from, until, limit), PaymentTable.Instance.Read, cancellationToken);

    /// <summary>A page of those of a time, newest first.</summary>
    /// <param name="from">The lowest id.</param>
    /// <param name="before">Above the highest.</param>
    public Task<IReadOnlyList<Payment>> PageAsync(
        TenantId tenant, IntegrationMode mode, Guid from, Guid before, int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(
            Some + " id >= @from AND id < @before ORDER BY id DESC LIMIT @limit",
            new { tenant, mode = mode.ToWord(), from, before, limit }, PaymentTable.Instance.Read, cancellationToken);
}
