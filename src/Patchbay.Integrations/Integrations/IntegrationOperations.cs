using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>What the handlers of integrations share: they find one, have it checked, and commit a change to it.</summary>
public sealed class IntegrationOperations(
    TenantConfigs configs, CheckIntegration checks, IntegrationChanges changes, IntegrationViews views, DeliveryEngine engine)
{
    /// <summary>By what this node knows; null when the tenant has no such integration in the caller's mode.</summary>
    public async Task<Integration?> FindAsync(Caller caller, IntegrationId id, CancellationToken cancellationToken) =>
        (await configs.GetAsync(caller.Tenant, cancellationToken)).Integrations.TryGetValue(id, out var integration)
        && integration.Mode == caller.Mode ? integration : null;

    /// <summary>A check of an integration that exists, placed.</summary>
    public ValueTask<Delivery> CheckAsync(
        Integration integration, CheckReason reason, string? traceParent, CancellationToken cancellationToken) =>
        engine.PlaceAsync(checks.NewDelivery(integration, reason, traceParent), cancellationToken);

    /// <summary>Who waits for the check of a change is told how the integration stands after it.</summary>
    internal Operation Change(IntegrationChange change) => new(Work(change))
    {
        ChangesConfig = true, Delivery = change.Check, AfterOutcome = change.Check is null ? null : token => ReadAsync(change.Key, token),
    };

    internal LedgerWork<Result<Reply, Error>> Work(IntegrationChange change) => new IntegrationChangeWork(change, changes, views);

    private async Task<Reply> ReadAsync(IntegrationKey key, CancellationToken cancellationToken)
    {
        await configs.RefreshAsync(key.Tenant, cancellationToken);
        var integration = (await configs.GetAsync(key.Tenant, cancellationToken)).Integrations[key.Id];
        var view = views.Of(integration);
        return new Reply(integration is { Status: IntegrationStatus.PendingVerify } or { NewCredentialsCheck: not null } ? 202 : 200, view);
    }
}
