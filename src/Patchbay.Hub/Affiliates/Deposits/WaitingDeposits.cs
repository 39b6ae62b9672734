using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Deposits;

/// <summary>Counts deposits that waited for a rate, once there is one. Two nodes may try: only one counts.</summary>
public sealed class WaitingDeposits(Database database, Ledger ledger, LeadDeposits deposits, TimeProvider time)
{
    private const int Step = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT d.* FROM affiliate_rates AS r   -- engine scope: all tenants
              JOIN affiliate_settings AS s ON s.tenant_id = r.tenant_id AND s.reporting_currency = r.reporting_currency
              JOIN affiliate_deposits AS d ON d.tenant_id = r.tenant_id AND d.currency = r.currency AND d.rate IS NULL
             WHERE r.tenant_id IN (SELECT t.tenant_id FROM affiliate_settings AS t WHERE {TenantMoveTable.NotMoving})
             ORDER BY d.id LIMIT @Step
            """;
        IReadOnlyList<Deposit> waiting;
        do
        {
            waiting = await database.QueryAsync(Sql, new { Step }, DepositTable.Instance.Read, cancellationToken);
            foreach (var deposit in waiting)
                await ledger.CommitAsync(new CountDeposit(deposit, deposits, time.GetUtcNow()), cancellationToken);
        }
        while (waiting.Count == Step);
    }
}
