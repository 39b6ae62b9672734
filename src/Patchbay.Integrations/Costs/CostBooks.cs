using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Storage;

namespace Patchbay.Integrations.Costs;

/// <summary>
/// Keeps what a provider tells that something costs, in the work that takes its answer or its webhook. A line that is told again is the
/// same line; what was told last counts.
/// </summary>
/// <param name="subject">TypeID of what it was done for.</param>
public sealed class CostBooks(ITellCosts told, TenantId tenant, IntegrationId integration, string subject, DateTimeOffset now)
{
    private readonly Cost[] _told = [.. Cost.Told(told, tenant, integration, subject, now)];

    /// <summary>Pure.</summary>
    public void Need(LedgerNeeds needs)
    {
        foreach (var cost in _told)
            needs.Row(CostTable.Instance, cost.Key);
    }

    /// <summary>Pure.</summary>
    public void Apply(LedgerRows rows)
    {
        foreach (var cost in _told)
        {
            if (rows.Find(CostTable.Instance, cost.Key) is not { } known)
                rows.Insert(CostTable.Instance, cost);
            else if ((known.Micros, known.Currency) != (cost.Micros, cost.Currency))
                rows.Update(CostTable.Instance, cost);
        }
    }
}
