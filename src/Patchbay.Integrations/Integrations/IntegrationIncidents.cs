using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;

namespace Patchbay.Integrations.Integrations;

/// <summary>Switches incident mode: work is held, and later released at a set rate.</summary>
internal sealed class IntegrationIncidents(
    TenantConfigs configs, IntegrationOperations operations, IntegrationChanges changes, IntegrationViews views, TimeProvider time)
{
    public async Task<Result<Operation, Error>> SetIncidentAsync(
        Caller caller, IntegrationId id, IncidentRequest request, CancellationToken cancellationToken)
    {
        if (await operations.FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        if (Check(request) is { } error)
            return error;
        var now = time.GetUtcNow();
        return operations.Change(new IntegrationChange(present.Key, "integration.incident", caller.Actor, now)
        {
            To = (before, _) => Switch(before!, request, now), Detail = new { active = request.Active, request.ReleasePerSecond },
        });
    }

    /// <summary>All the tenant's integrations of a provider in the caller's mode, together.</summary>
    public async Task<Result<Operation, Error>> SetProviderIncidentAsync(
        Caller caller, string provider, IncidentRequest request, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var keys = config.Integrations.Values.Where(integration => integration.Provider == provider && integration.Mode == caller.Mode)
            .OrderBy(integration => integration.CreatedAt).Select(integration => integration.Key).ToArray();
        if (keys.Length == 0)
            return Error.NotFound("integration of this provider");
        if (Check(request) is { } error)
            return error;
        var now = time.GetUtcNow();
        var work = new ProviderIncidentWork(
            keys, changes, integration => Switch(integration, request, now), caller.Actor, request, now, views);
        return new Operation(work) { ChangesConfig = true };
    }

    private static Error? Check(IncidentRequest request)
    {
        var faults = new Faults();
        faults.Require(request.Active is not null, "active", "is required");
        faults.Require(request.ReleasePerSecond is null or >= 0.01 and <= 10_000, "release_per_second", "must be from 0.01 to 10000");
        return faults.Any ? faults.ToError() : null;
    }

    private static Integration Switch(Integration integration, IncidentRequest request, DateTimeOffset now) => integration with
    {
        Held = request.Active!.Value, ReleaseRate = request.Active.Value ? null : request.ReleasePerSecond, UpdatedAt = now,
    };
}
