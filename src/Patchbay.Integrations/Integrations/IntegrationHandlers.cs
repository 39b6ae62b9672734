using System.Text.Json.Nodes;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>What can be done with integrations: each method validates and prepares one change.</summary>
public sealed class IntegrationHandlers(
    TenantConfigs configs, TenantVault vault, ProviderCatalog catalog, CredentialSchema schema, Connections connections, CheckIntegration checks,
    IntegrationChanges changes, IEnumerable<IIntegrationUse> uses, DeliveryEngine engine, Database database, IdGenerator ids, TimeProvider time)
{
    /// <summary>How long a test is waited for when the caller does not say.</summary>
    private static readonly TimeSpan TestWait = TimeSpan.FromSeconds(10);

    private static readonly ErrorCode InUse = new(409, "integration_in_use", "rules still point at the integration");

    public async Task<Result<Operation, Error>> CreateAsync(
        Caller caller, CreateIntegrationRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var provider = catalog.Find(faults.Text(request.Provider, "provider", 40));
        if (provider is null && !string.IsNullOrWhiteSpace(request.Provider))
            faults.Add("provider", "is not in the catalog; see GET /api/v1/integrations/providers");
        faults.Require(request.Mode is not null, "mode", "is required: live or sandbox");
        faults.OptionalText(request.Name, "name", 100);
        faults.OptionalText(request.CompanyId, "company_id", 100);
        var credentials = request.Credentials ?? [];
        var settings = request.Settings ?? [];
        IntegrationSettings.Read(settings, faults);
        CheckCapabilities(provider, request.Capabilities, faults);
        if (provider is not null)
            schema.Validate(provider, credentials, faults);
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        faults.Require(config.Integrations.Count < IntegrationSet.Max, "provider", $"a tenant can have at most {IntegrationSet.Max} integrations");
        if (faults.Any)
            return faults.ToError();

        var now = time.GetUtcNow();
        var id = ids.New<IntegrationId>();
        var integration = new Integration
        {
            TenantId = caller.Tenant,
            Id = id,
            Provider = provider!.Name,
            Name = request.Name ?? provider.Manifest.DisplayName,
            CompanyId = request.CompanyId,
            Mode = request.Mode!.Value,
            Capabilities = request.Capabilities ?? provider.Manifest.Capabilities,
            SealedCredentials = Credentials.Seal(await vault.OpenAsync(caller.Tenant, cancellationToken), id, credentials),
            ShownCredentials = Credentials.Show(provider, credentials).ToJsonString(),
            Settings = settings.ToJsonString(),
            CheckAt = now + IntegrationSchedule.Interval,
            CreatedAt = now,
            UpdatedAt = now,
        };
        // The check's lane is not known before the integration is committed, so it begins in the database.
        var check = checks.NewDelivery(integration, CheckReason.Verify, caller.TraceParent) with { DueAt = now };
        return new Operation(new ChangeWork(integration.Key, changes, (_, _) => integration, check, caller.Actor, "integration.create", new { provider = provider.Name, mode = integration.Mode }, now, 202, connections))
        {
            ChangesConfig = true, Delivery = check, AfterOutcome = token => ReadAsync(integration.Key, token),
        };
    }

    public async Task<Result<Operation, Error>> ChangeAsync(
        Caller caller, IntegrationId id, ChangeIntegrationRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        var provider = catalog.Find(present.Provider)!;
        var faults = new Faults();
        faults.OptionalText(request.Name, "name", 100);
        faults.Require(request.Name is not "", "name", "must not be empty");
        faults.OptionalText(request.CompanyId, "company_id", 100);
        if (request.Settings is not null)
            IntegrationSettings.Read(request.Settings, faults);
        CheckCapabilities(provider, request.Capabilities, faults);
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var stored = Credentials.Open(cipher, present);
        var credentials = request.Credentials is null ? stored : Credentials.Merge(stored, request.Credentials);
        if (request.Credentials is not null)
            schema.Validate(provider, credentials, faults);
        if (faults.Any)
            return faults.ToError();

        var now = time.GetUtcNow();
        var newCredentials = !JsonNode.DeepEquals(stored, credentials);
        var sealedCredentials = Credentials.Seal(cipher, id, credentials);
        var shown = Credentials.Show(provider, credentials).ToJsonString();
        var check = newCredentials && present.Status != IntegrationStatus.Inactive
            ? await engine.PlaceAsync(checks.NewDelivery(present, CheckReason.Verify, caller.TraceParent), cancellationToken) : null;
        var changed = new { fields = Changed(request), credentials_changed = newCredentials };
        return new Operation(new ChangeWork(present.Key, changes, Change, check, caller.Actor, "integration.update", changed, now, 200, connections))
        {
            ChangesConfig = true, Delivery = check, AfterOutcome = check is null ? null : token => ReadAsync(present.Key, token),
        };

        Result<Integration, Error> Change(Integration? before, LedgerRows rows)
        {
            if (!before!.SealedCredentials.AsSpan().SequenceEqual(present.SealedCredentials))
                return ApiErrors.ChangedMeanwhile.With("The integration was changed by someone else; read it again and repeat.");
            var after = before with
            {
                Name = request.Name ?? before.Name,
                CompanyId = request.CompanyId ?? before.CompanyId,
                Settings = request.Settings?.ToJsonString() ?? before.Settings,
                Capabilities = request.Capabilities ?? before.Capabilities,
                UpdatedAt = now,
            };
            return newCredentials
                ? (after with { SealedCredentials = sealedCredentials, ShownCredentials = shown }).VerifyAgain(now)
                : after;
        }
    }

    public async Task<Result<Operation, Error>> VerifyAsync(Caller caller, IntegrationId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        var now = time.GetUtcNow();
        var check = await engine.PlaceAsync(checks.NewDelivery(present, CheckReason.Verify, caller.TraceParent), cancellationToken);
        return new Operation(new ChangeWork(
            present.Key, changes, (before, _) => before!.Status == IntegrationStatus.Error ? before.VerifyAgain(now) : before,
            check, caller.Actor, "integration.verify", new { }, now, 202, connections))
        {
            ChangesConfig = true, Delivery = check, AfterOutcome = token => ReadAsync(present.Key, token),
        };
    }

    public async Task<Result<Operation, Error>> TestAsync(Caller caller, IntegrationId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        var check = await engine.PlaceAsync(checks.NewDelivery(present, CheckReason.Test, caller.TraceParent), cancellationToken);
        var work = new ChangeWork(present.Key, changes, (before, _) => before!, check, caller.Actor, "integration.test", new { }, time.GetUtcNow(), 202, connections);
        var accepted = new Reply(202, IntegrationTestView.From(check, present), $"/api/v1/deliveries/{check.Id}");
        return new Operation(work.As(_ => accepted))
        {
            ChangesConfig = true, Delivery = check, DefaultWait = TestWait, AfterOutcome = token => ReadTestAsync(present.Key, check.Id, token),
        };
    }

    public Task<Result<Operation, Error>> DisableAsync(Caller caller, IntegrationId id, CancellationToken cancellationToken) => SwitchAsync(
        caller, id, "integration.disable", (integration, now) => integration.Disable(now), "Only an active integration can be disabled.", cancellationToken);

    public async Task<Result<Operation, Error>> ActivateAsync(Caller caller, IntegrationId id, CancellationToken cancellationToken)
    {
        // Credentials that were entered while it was switched off have not been checked yet.
        var check = await FindAsync(caller.Tenant, id, cancellationToken) is { VerifiedAt: null } present
            ? await engine.PlaceAsync(checks.NewDelivery(present, CheckReason.Verify, caller.TraceParent), cancellationToken) : null;
        return await SwitchAsync(
            caller, id, "integration.activate", (integration, now) => integration.VerifiedAt is null == check is not null ? integration.Activate(now) : null,
            "Only an integration that was disabled can be activated; one in error is brought back by 'verify'.", cancellationToken, check);
    }

    public async Task<Result<Operation, Error>> DeleteAsync(Caller caller, IntegrationId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        if (uses.Select(use => use.UsedBy(config, id)).OfType<string>().ToList() is { Count: > 0 } named)
            return InUse.With($"It is used by {string.Join(" and ", named)}; change or delete them first.");
        var now = time.GetUtcNow();
        return new Operation(new ChangeWork(present.Key, changes, Delete, null, caller.Actor, "integration.delete", new { present.Provider, present.Name }, now, 200, connections))
        {
            ChangesConfig = true,
        };

        Result<Integration, Error> Delete(Integration? before, LedgerRows rows) =>
            rows.Find(TenantTable.Instance, caller.Tenant)!.ConfigVersion != config.Version
                ? Error.ChangedMeanwhile()
                : before! with { DeletedAt = now, UpdatedAt = now, CheckAt = null, SealedCredentials = [], ShownCredentials = "{}", Status = IntegrationStatus.Inactive };
    }

    public async Task<Result<Operation, Error>> SetIncidentAsync(Caller caller, IntegrationId id, IncidentRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        if (Check(request) is { } error)
            return error;
        var now = time.GetUtcNow();
        return new Operation(new ChangeWork(
            present.Key, changes, (before, _) => Switch(before!, request, now), null, caller.Actor, "integration.incident",
            new { active = request.Active, request.ReleasePerSecond }, now, 200, connections))
        {
            ChangesConfig = true,
        };
    }

    /// <summary>All the tenant's integrations of a provider, together.</summary>
    public async Task<Result<Operation, Error>> SetProviderIncidentAsync(Caller caller, string provider, IncidentRequest request, CancellationToken cancellationToken)
    {
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var keys = config.Integrations.Values.Where(integration => integration.Provider == provider).OrderBy(integration => integration.CreatedAt).Select(integration => integration.Key).ToArray();
        if (keys.Length == 0)
            return Error.NotFound("integration of this provider");
        if (Check(request) is { } error)
            return error;
        var now = time.GetUtcNow();
        return new Operation(new ProviderIncidentWork(keys, changes, integration => Switch(integration, request, now), caller.Actor, request, now, connections)) { ChangesConfig = true };
    }

    public async Task<Integration?> FindAsync(TenantId tenant, IntegrationId id, CancellationToken cancellationToken) =>
        (await configs.GetAsync(tenant, cancellationToken)).Integrations.GetValueOrDefault(id);

    private async Task<Result<Operation, Error>> SwitchAsync(
        Caller caller, IntegrationId id, string action, Func<Integration, DateTimeOffset, Integration?> change, string refusal, CancellationToken cancellationToken,
        Delivery? check = null)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        var now = time.GetUtcNow();
        return new Operation(new ChangeWork(
            present.Key, changes,
            (before, _) => change(before!, now) is { } after ? after : ApiErrors.WrongStatus.With(
                $"{refusal} It is {before!.Status.ToWord()} now."),
            check, caller.Actor, action, new { }, now, 200, connections))
        {
            ChangesConfig = true, Delivery = check, AfterOutcome = check is null ? null : token => ReadAsync(present.Key, token),
        };
    }

    private async Task<Reply> ReadAsync(IntegrationKey key, CancellationToken cancellationToken)
    {
        await configs.RefreshAsync(key.Tenant, cancellationToken);
        var integration = (await configs.GetAsync(key.Tenant, cancellationToken)).Integrations[key.Id];
        return new Reply(integration.Status == IntegrationStatus.PendingVerify ? 202 : 200, IntegrationView.From(integration, connections.WebhookUrl(integration)));
    }

    private async Task<Reply> ReadTestAsync(IntegrationKey key, DeliveryId id, CancellationToken cancellationToken)
    {
        var check = (await database.FindAsync(
            "SELECT * FROM deliveries WHERE tenant_id = @Tenant AND id = @id", new { key.Tenant, id }, DeliveryTable.Instance.Read, cancellationToken))!;
        await configs.RefreshAsync(key.Tenant, cancellationToken);
        return new Reply(check.IsFinished ? 200 : 202, IntegrationTestView.From(check, configs.Find(key.Tenant, key.Id)), $"/api/v1/deliveries/{id}");
    }

    private static Error? Check(IncidentRequest request)
    {
        var faults = new Faults();
        faults.Require(request.Active is not null, "active", "is required");
        faults.Require(request.ReleasePerSecond is null or > 0 and <= 10_000, "release_per_second", "must be above 0 and at most 10000");
        return faults.Any ? faults.ToError() : null;
    }

    private static Integration Switch(Integration integration, IncidentRequest request, DateTimeOffset now) => integration with
    {
        Held = request.Active!.Value, ReleaseRate = request.Active.Value ? null : request.ReleasePerSecond, UpdatedAt = now,
    };

    private static void CheckCapabilities(Provider? provider, IReadOnlyList<string>? wanted, Faults faults)
    {
        if (provider is null || wanted is null)
            return;
        faults.Require(wanted.Count > 0, "capabilities", "must name at least one");
        foreach (var capability in wanted.Except(provider.Manifest.Capabilities))
            faults.Add("capabilities", $"'{capability}' is not offered by {provider.Name}");
    }

    private static IEnumerable<string> Changed(ChangeIntegrationRequest request)
    {
        if (request.Name is not null)
            yield return "name";
        if (request.CompanyId is not null)
            yield return "company_id";
        if (request.Credentials is not null)
            yield return "credentials";
        if (request.Settings is not null)
            yield return "settings";
        if (request.Capabilities is not null)
            yield return "capabilities";
    }

    /// <summary>One change of one integration, with its check if it needs one.</summary>
    private sealed class ChangeWork(
        IntegrationKey key, IntegrationChanges changes, Func<Integration?, LedgerRows, Result<Integration, Error>> change, Delivery? check,
        string actor, string action, object detail, DateTimeOffset now, int status, Connections connections) : LedgerWork<Result<Reply, Error>>
    {
        public override void Need(LedgerNeeds needs) => IntegrationChanges.Need(needs, key);

        public override Result<Reply, Error> Decide(LedgerRows rows)
        {
            var before = rows.Find(IntegrationTable.Instance, key);
            var isNew = action == "integration.create";
            if (!isNew && before is not { DeletedAt: null })
                return Error.NotFound("integration");
            var changed = change(before, rows);
            if (!changed.IsSuccess)
                return changed.Error;
            changes.Write(rows, before, changed.Value, actor, action, detail, now);
            if (check is not null)
                rows.Insert(DeliveryTable.Instance, check);
            return new Reply(status, IntegrationView.From(changed.Value, connections.WebhookUrl(changed.Value)), $"/api/v1/integrations/{key.Id}");
        }
    }
}
