using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Integrations.Outbound;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>What can be done with affiliates' endpoints.</summary>
public sealed class AffiliateEndpointHandlers(
    TenantConfigs configs, TenantVault vault, OutboundUrl urls, Database database, IdGenerator ids, TimeProvider time)
{
    /// <summary>Null when there is no such endpoint.</summary>
    public async Task<AffiliateEndpoint?> FindAsync(TenantId tenant, AffiliateEndpointId id, CancellationToken cancellationToken) =>
        (await configs.GetAsync(tenant, cancellationToken)).Part<AffiliateEndpointSet>().Find(id);

    public async Task<Result<Operation, Error>> CreateAsync(
        Caller caller, CreateAffiliateEndpointRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        AffiliateName.Check(request.AffiliateId, "affiliate_id", faults);
        urls.Read(request.EndpointUrl ?? "", "endpoint_url", faults);
        CheckWindow(request.BatchSizeMax, request.FlushSeconds, faults);
        var secret = WebhookSecret.ReadOrNew(request.Secret, "secret", faults);
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        var present = config.Part<AffiliateEndpointSet>().ById.Count;
        faults.Require(
            present < AffiliateEndpointSet.Max, "endpoint_url",
            $"a tenant can have at most {AffiliateEndpointSet.Max} endpoints");
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var seal = new SecretReply(cipher);
        if (faults.Any)
            return Operation.Refused(faults.ToError(), seal);
        var now = time.GetUtcNow();
        var id = ids.New<AffiliateEndpointId>();
        var endpoint = new AffiliateEndpoint
        {
            Key = new AffiliateEndpointKey(caller.Tenant, id),
            AffiliateId = request.AffiliateId!,
            Url = request.EndpointUrl!,
            BatchSizeMax = request.BatchSizeMax ?? AffiliateEndpoint.MaxBatchSize,
            FlushSeconds = request.FlushSeconds ?? 30,
            SealedSecrets = new EndpointSecrets(secret.Reveal()).Seal(cipher, AffiliateEndpoint.PurposeOf(id)),
            IsActive = true,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var reply = Reply.Created(AffiliateEndpointView.From(endpoint, secret.Reveal()), $"/api/v1/affiliates/webhooks/{id}");
        var work = new InsertAffiliateEndpoint(endpoint, caller.Actor, reply);
        return new Operation(new WithinLimit(config, present, AffiliateEndpointSet.Max, work)) { ChangesConfig = true, Seal = seal };
    }

    public async Task<Result<Operation, Error>> ChangeAsync(
        Caller caller, AffiliateEndpointId id, ChangeAffiliateEndpointRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } present)
            return Error.NotFound("affiliate endpoint");
        var faults = new Faults();
        if (request.EndpointUrl is not null)
            urls.Read(request.EndpointUrl, "endpoint_url", faults);
        CheckWindow(request.BatchSizeMax, request.FlushSeconds, faults);
        var secret = request.Secret is null ? null : WebhookSecret.Read(request.Secret, "secret", faults);
        if (faults.Any)
            return faults.ToError();
        var now = time.GetUtcNow();
        var sealedSecrets = secret is null ? null : await ReplaceAsync(present, secret, cancellationToken);
        var work = new ChangeAffiliateEndpoint(present, Apply, caller.Actor, new { fields = GivenFields.Of(request) }, now);
        return new Operation(work) { ChangesConfig = true };

        Result<AffiliateEndpoint, Error> Apply(AffiliateEndpoint before)
        {
            if (!before.IsSealedAs(present))
                return Error.ChangedMeanwhile();
            return before with
            {
                Url = request.EndpointUrl ?? before.Url,
                BatchSizeMax = request.BatchSizeMax ?? before.BatchSizeMax,
                FlushSeconds = request.FlushSeconds ?? before.FlushSeconds,
                SealedSecrets = sealedSecrets ?? before.SealedSecrets,
                PreviousSecretUntil = sealedSecrets is null ? before.PreviousSecretUntil : now + EndpointSecrets.Overlap,
                IsActive = request.IsActive ?? before.IsActive,
                DisabledReason = request.IsActive is null ? before.DisabledReason : null,
                UpdatedAt = now,
            };
        }
    }

    public async Task<Result<Operation, Error>> DeleteAsync(Caller caller, AffiliateEndpointId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } present)
            return Error.NotFound("affiliate endpoint");
        var outbox = await database.FindAsync(AffiliateOutboxTable.Instance, present.Affiliate, cancellationToken);
        var work = new DeleteAffiliateEndpoint(present, outbox?.OpenDelivery, caller.Actor, time.GetUtcNow());
        return new Operation(work) { ChangesConfig = true };
    }

    private async Task<byte[]> ReplaceAsync(AffiliateEndpoint present, Secret secret, CancellationToken cancellationToken)
    {
        var cipher = await vault.OpenAsync(present.Key.Tenant, cancellationToken);
        return EndpointSecrets.Open(cipher, present).ReplacedBy(secret.Reveal()).Seal(cipher, AffiliateEndpoint.PurposeOf(present.Key.Id));
    }

    private static void CheckWindow(int? size, int? seconds, Faults faults)
    {
        faults.Require(
            size is null or >= 1 and <= AffiliateEndpoint.MaxBatchSize, "batch_size_max",
            $"must be from 1 to {AffiliateEndpoint.MaxBatchSize}");
        faults.Require(
            seconds is null or >= 1 and <= AffiliateEndpoint.MaxFlushSeconds, "flush_seconds",
            $"must be from 1 to {AffiliateEndpoint.MaxFlushSeconds}");
    }
}
