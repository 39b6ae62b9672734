using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>Checks integrations, switches them on and off, and deletes them.</summary>
public sealed class IntegrationLife(
    TenantConfigs configs, IntegrationOperations operations, IEnumerable<IIntegrationUse> uses, Database database, IdGenerator ids,
    TimeProvider time)
{
    /// <summary>How long a test is waited for when the caller does not say.</summary>
    private static readonly TimeSpan TestWait = TimeSpan.FromSeconds(10);

    internal static readonly ErrorCode InUse = new(409, "integration_in_use", "rules still point at the integration");

    public Task<Integration?> FindAsync(Caller caller, IntegrationId id, CancellationToken cancellationToken) =>
        operations.FindAsync(caller, id, cancellationToken);

    public async Task<Result<Operation, Error>> VerifyAsync(
        Caller caller, IntegrationId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        var now = time.GetUtcNow();
        return operations.Change(new IntegrationChange(present.Key, "integration.verify", caller.Actor, now)
        {
            To = (before, _) => before!.Status == IntegrationStatus.Error ? before.VerifyAgain(now) : before,
            Check = await operations.CheckAsync(present, CheckReason.Verify, caller.TraceParent, cancellationToken),
            Status = 202,
        });
    }

    public async Task<Result<Operation, Error>> TestAsync(
        Caller caller, IntegrationId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        var check = await operations.CheckAsync(present, CheckReason.Test, caller.TraceParent, cancellationToken);
        var change = new IntegrationChange(present.Key, "integration.test", caller.Actor, time.GetUtcNow())
        {
            To = (before, _) => before!, Check = check,
        };
        var accepted = new Reply(202, IntegrationTestView.From(check, present), $"/api/v1/deliveries/{check.Id}");
        return new Operation(operations.Work(change).As(_ => accepted))
        {
            ChangesConfig = true, Delivery = check, DefaultWait = TestWait,
            AfterOutcome = token => ReadTestAsync(present.Key, check.Id, token),
        };
    }

    public Task<Result<Operation, Error>> DisableAsync(Caller caller, IntegrationId id, CancellationToken cancellationToken) => SwitchAsync(
        caller, id, "integration.disable", (integration, now) => integration.Disable(now), "Only an active integration can be disabled.",
        null, cancellationToken);

    public async Task<Result<Operation, Error>> ActivateAsync(
        Caller caller, IntegrationId id, CancellationToken cancellationToken)
    {
        // Credentials that were entered while it was switched off have not been checked yet.
        var check = await FindAsync(caller, id, cancellationToken) is { VerifiedAt: null } present
            ? await operations.CheckAsync(present, CheckReason.Verify, caller.TraceParent, cancellationToken) : null;
        return await SwitchAsync(
            caller, id, "integration.activate",
            (integration, now) => integration.VerifiedAt is null == check is not null ? integration.Activate(now) : null,
            "Only an integration that was disabled can be activated; one in error is brought back by 'verify'.", check, cancellationToken);
    }

    public async Task<Result<Operation, Error>> DeleteAsync(Caller caller, IntegrationId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        var config = await configs.GetAsync(caller.Tenant, cancellationToken);
        if (uses.Select(use => use.UsedBy(config, id)).OfType<string>().ToList() is { Count: > 0 } named)
            return InUse.With($"It is used by {string.Join(" and ", named)}; change or delete them first.");
        var now = time.GetUtcNow();
        return operations.Change(new IntegrationChange(present.Key, "integration.delete", caller.Actor, now)
        {
            To = (before, rows) => rows.Find(TenantTable.Instance, caller.Tenant)!.ConfigVersion == config.Version
                ? before!.Delete(now)
                : Error.ChangedMeanwhile(),
            Detail = new { present.Provider, present.Name },
            // Begins in the database, as everything that is not known to be placed.
            Check = RemoveWebhook.NewDelivery(present, ids, now) is { } removal ? removal with { DueAt = now } : null,
        });
    }

    /// <param name="change">Null when it is not possible as the integration stands.</param>
    private async Task<Result<Operation, Error>> SwitchAsync(
        Caller caller, IntegrationId id, string action, Func<Integration, DateTimeOffset, Integration?> change, string refusal,
        Delivery? check, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, id, cancellationToken) is not { } present)
            return Error.NotFound("integration");
        var now = time.GetUtcNow();
        return operations.Change(new IntegrationChange(present.Key, action, caller.Actor, now)
        {
            To = (before, _) => change(before!, now) is { } after
                ? after
                : ApiErrors.WrongStatus.With($"{refusal} It is {before!.Status.ToWord()} now."),
            Check = check,
        });
    }

    private async Task<Reply> ReadTestAsync(IntegrationKey key, DeliveryId id, CancellationToken cancellationToken)
    {
        var check = (await database.FindAsync(DeliveryTable.Instance, new DeliveryKey(key.Tenant, id), cancellationToken))!;
        await configs.RefreshAsync(key.Tenant, cancellationToken);
        var view = IntegrationTestView.From(check, configs.Find(key.Tenant, key.Id));
        return new Reply(check.IsFinished ? 200 : 202, view, $"/api/v1/deliveries/{id}");
    }
}
