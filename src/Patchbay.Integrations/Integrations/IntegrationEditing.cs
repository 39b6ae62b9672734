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

namespace Patchbay.Integrations.Integrations;

/// <summary>Changes what was entered of an integration; new credentials are checked.</summary>
internal sealed class IntegrationEditing(
    TenantVault vault, ProviderCatalog catalog, CredentialSchema schema, IntegrationOperations operations, LimitOptions limits,
    TimeProvider time)
{
    public async Task<Result<Operation, Error>> ChangeAsync(
        Caller caller, IntegrationId id, ChangeIntegrationRequest request, CancellationToken cancellationToken)
    {
        if (await operations.FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        var provider = catalog.Find(present.Provider)!;
        var faults = new Faults();
        faults.Require(request.Name is not "", "name", "must not be empty");
        IntegrationInput.Check(request.Name, request.CompanyId, request.Settings, request.Capabilities, provider, faults);
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var stored = Credentials.Open(cipher, id, present.SealedNewCredentials ?? present.SealedCredentials);
        var credentials = request.Credentials is null ? stored : Credentials.Merge(stored, Credentials.Trim(request.Credentials));
        if (request.Credentials is not null)
        {
            var shown = new[] { present.ShownCredentials, present.ShownNewCredentials }.OfType<string>();
            Credentials.CheckMasks(request.Credentials, faults, shown.Select(text => JsonNode.Parse(text)!.AsObject()));
            schema.Validate(provider, credentials, faults);
            Credentials.CheckSize(credentials, limits, faults);
        }

        if (faults.Any)
            return faults.ToError();

        var now = time.GetUtcNow();
        var renewed = JsonNode.DeepEquals(stored, credentials)
            ? null
            : new NewCredentials(Credentials.Seal(cipher, id, credentials), Credentials.Show(provider, credentials).ToJsonString());
        var check = renewed is null || present.Status == IntegrationStatus.Inactive
            ? null
            : await operations.CheckAsync(
                present, present.Status == IntegrationStatus.Active ? CheckReason.Renewal : CheckReason.Verify, caller.TraceParent,
                cancellationToken);
        return operations.Change(new IntegrationChange(present.Key, "integration.update", caller.Actor, now)
        {
            To = (before, _) => Changed(before!, present, request, renewed, check?.Id, now),
            Detail = new { fields = Named(request), credentials_changed = renewed is not null },
            Check = check,
        });
    }

    private static Result<Integration, Error> Changed(
        Integration before, Integration seen, ChangeIntegrationRequest request, NewCredentials? renewed, DeliveryId? check,
        DateTimeOffset now)
    {
        if (!before.SealedCredentials.AsSpan().SequenceEqual(seen.SealedCredentials)
            || before.NewCredentialsCheck != seen.NewCredentialsCheck || renewed is not null && before.Status != seen.Status)
            return Error.ChangedMeanwhile();
        var after = before with
        {
            Name = request.Name ?? before.Name,
            CompanyId = request.CompanyId ?? before.CompanyId,
            Settings = request.Settings?.ToJsonString() ?? before.Settings,
            Capabilities = request.Capabilities ?? before.Capabilities,
            UpdatedAt = now,
        };
        return renewed is null ? after : after.Renew(renewed.Sealed, renewed.Shown, check, now);
    }

    private static IEnumerable<string> Named(ChangeIntegrationRequest request)
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

    private sealed record NewCredentials(byte[] Sealed, string Shown);
}
