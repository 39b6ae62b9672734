using Patchbay.Engine;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>Checks every integration in use each 15 minutes, spread out by chance. Any node may do it; a row is due once.</summary>
public sealed class IntegrationSchedule(
    Database database, Ledger ledger, DeliveryEngine engine, CheckIntegration checks, TimeProvider time, Func<double> chance)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    private readonly DueRows<IntegrationKey, Integration> _due = new(IntegrationTable.Instance, "check_at", database, time);

    public Task RunAsync(CancellationToken cancellationToken) => _due.EachAsync(async (integration, stop) =>
    {
        var next = time.GetUtcNow() + Interval * (0.9 + 0.2 * chance());
        var check = await engine.PlaceAsync(checks.NewDelivery(integration, CheckReason.Health, null), stop);
        if (await ledger.CommitAsync(new Schedule(integration, check, next), stop))
            engine.Start(check);
    }, cancellationToken);

    private sealed class Schedule(Integration seen, Delivery check, DateTimeOffset next) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(IntegrationTable.Instance, seen.Key);

        public override bool Decide(LedgerRows rows)
        {
            var integration = rows.Find(IntegrationTable.Instance, seen.Key);
            if (integration is null || integration.CheckAt != seen.CheckAt)
                return false;   // another node was first
            rows.Update(IntegrationTable.Instance, integration with { CheckAt = next });
            var worthIt = integration.Status == IntegrationStatus.Active
                || integration is { Status: IntegrationStatus.Error, Fault: IntegrationFault.Health };
            if (worthIt)
                rows.Insert(DeliveryTable.Instance, check);
            return worthIt;
        }
    }
}
