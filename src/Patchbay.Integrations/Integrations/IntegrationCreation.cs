using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>Activates a provider for a tenant; its credentials are checked next.</summary>
internal sealed class IntegrationCreation(
    TenantConfigs configs, TenantVault vault, ProviderCatalog catalog, CredentialSchema schema, CheckIntegration checks,
    IntegrationOperations operations, LimitOptions limits, IdGenerator ids, TimeProvider time)
{
    public async Task<Result<Operation, Error>> CreateAsync(
        Caller caller, CreateIntegrationRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var provider = catalog.Find(faults.Text(request.Provider, "provider", 40));
        if (provider is null && !string.IsNullOrWhiteSpace(request.Provider))
            faults.Add("provider", "is not in the catalog" + catalog.Hint(request.Provider));
        faults.Require(
            request.Mode is null || request.Mode == caller.Mode, "mode",
            $"must be {caller.Mode.ToWord()}, or left out: a ba_live_ key makes integrations in live mode, a ba_test_ key in sandbox mode");
        IntegrationInput.Check(request.Name, request.CompanyId, request.Settings ?? [], request.Capabilities, provider, faults);
        Credentials.CheckMasks(request.Credentials ?? [], faults);
        var credentials = Credentials.Merge([], Credentials.Trim(request.Credentials ?? []));
        if (provider is not null)
            schema.Validate(provider, credentials, faults);
        Credentials.CheckSize(credentials, limits, faults);
        if (faults.Any)
            return faults.ToError();
        await configs.RefreshAsync(caller.Tenant, cancellationToken);   // those that another node made a moment ago count too
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var present = config.Integrations.Count;
        if (IntegrationErrors.TooMany.UnlessBelow(limits.Integrations, present, "integrations", nameof(limits.Integrations)) is { } full)
            return full;

        var now = time.GetUtcNow();
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var integration = New(caller, provider!, request, credentials, cipher, now);
        var creation = operations.Change(new IntegrationChange(integration.Key, "integration.create", caller.Actor, now)
        {
            IsNew = true,
            To = (_, _) => integration,
            Detail = new { provider = integration.Provider, mode = integration.Mode },
            // The check's lane is not known before the integration is committed, so it begins in the database.
            Check = checks.NewDelivery(integration, CheckReason.Verify, caller.TraceParent) with { DueAt = now },
            Status = 202,
        });
        return creation with { Work = new WithinLimit(config, present, limits.Integrations, creation.Work) };
    }

    private Integration New(
        Caller caller, Provider provider, CreateIntegrationRequest request, JsonObject credentials, TenantCipher cipher,
        DateTimeOffset now)
    {
        var id = ids.New<IntegrationId>();
        return new Integration
        {
            TenantId = caller.Tenant,
            Id = id,
            Provider = provider.Name,
            Name = request.Name ?? provider.Manifest.DisplayName,
            CompanyId = request.CompanyId,
            Mode = caller.Mode,
            Capabilities = request.Capabilities ?? provider.Manifest.Capabilities,
            SealedCredentials = Credentials.Seal(cipher, id, credentials),
            ShownCredentials = Credentials.Show(provider, credentials).ToJsonString(),
            Settings = (request.Settings ?? []).ToJsonString(),
            CheckAt = now + IntegrationSchedule.Interval,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
