using Patchbay.Engine;
using Patchbay.Platform.Jobs;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>Has the address for webhooks registered at providers with an API for it, once the credentials were found to work.</summary>
public sealed class WebhookRegistrations(Database database, Ledger ledger, DeliveryEngine engine, IdGenerator ids, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly DueRows<IntegrationKey, Integration> _due = new(IntegrationTable.Instance, "register_at", database, time);

    public Task RunAsync(CancellationToken cancellationToken) => _due.EachAsync(
        async (integration, stop) =>
        {
            var registration = await engine.PlaceAsync(RegisterWebhook.NewDelivery(integration, ids, time.GetUtcNow()), stop);
            if (await ledger.CommitAsync(new Begin(integration, registration, registration.ExpiresAt + Interval), stop))
                engine.Start(registration);
        },
        cancellationToken);

    /// <param name="again">When nothing has come of it by then.</param>
    private sealed class Begin(Integration seen, Delivery registration, DateTimeOffset again) : LedgerWork<bool>
    {
        public override void Need(LedgerNeeds needs) => needs.Row(IntegrationTable.Instance, seen.Key);

        public override bool Decide(LedgerRows rows)
        {
            if (rows.Find(IntegrationTable.Instance, seen.Key) is not { } integration || integration.RegisterAt != seen.RegisterAt)
                return false;   // another node was first
            rows.Update(IntegrationTable.Instance, integration with { RegisterAt = again });
            rows.Insert(DeliveryTable.Instance, registration);
            return true;
        }
    }
}
