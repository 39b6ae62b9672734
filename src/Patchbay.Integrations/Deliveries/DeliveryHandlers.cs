using System.ComponentModel.DataAnnotations;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Storage;

namespace Patchbay.Integrations.Deliveries;

/// <summary>What a person can do with deliveries.</summary>
public sealed class DeliveryHandlers(
    Database database, DeliveryEngine engine, DeliveryViews views, Destinations destinations, IEnumerable<IDeliveryHandler> handlers,
    TimeProvider time)
{
    private readonly Dictionary<string, IDeliveryHandler> _handlers = handlers.ToDictionary(handler => handler.Capability, Guarded);

    public async Task<Result<Operation, Error>> RetryAsync(Caller caller, DeliveryId id, CancellationToken cancellationToken) =>
        await FindAsync(caller.Tenant, id, cancellationToken) is not { } delivery
            ? Error.NotFound("delivery")
            : await RefusalAsync(caller, delivery, cancellationToken)
                ?? (Result<Operation, Error>)new Operation(RetryWork(delivery, caller.Actor));

    public async Task<Result<Operation, Error>> CancelAsync(Caller caller, DeliveryId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } delivery)
            return Error.NotFound("delivery");
        if (await RefusalAsync(caller, delivery, cancellationToken) is { } refusal)
            return refusal;
        // One that may have been carried out stays where it is: it cannot be canceled, and its look-up must not be lost.
        var takenOut = !delivery.InDoubt && delivery.Status is not (DeliveryStatus.InProgress or DeliveryStatus.Failed)
            && engine.TryTakeOut(delivery);
        return new Operation(new CancelDelivery(delivery, _handlers[delivery.Capability], views, caller.Actor, takenOut, time.GetUtcNow()));
    }

    public async Task<Result<Operation, Error>> ResolveAsync(
        Caller caller, DeliveryId id, ResolveRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller.Tenant, id, cancellationToken) is not { } delivery)
            return Error.NotFound("delivery");
        if (await RefusalAsync(caller, delivery, cancellationToken) is { } refusal)
            return refusal;
        var faults = new Faults();
        faults.Require(request.Outcome is not null, "outcome", "is required: succeeded, failed or retry");
        var reference = faults.OptionalText(request.ProviderReference, "provider_reference", 200);
        faults.Require(
            request.Outcome != ResolvedOutcome.Succeeded || !string.IsNullOrWhiteSpace(reference), "provider_reference",
            "is required when it succeeded: the provider's id, as you found it there");
        if (faults.Any)
            return faults.ToError();
        var handler = _handlers[delivery.Capability];
        var answer = request.Outcome == ResolvedOutcome.Succeeded ? (handler as IAssumeAnswers)?.Assumed(reference!) : null;
        return new Operation(new ResolveDelivery(delivery, handler, views, caller.Actor, request.Outcome!.Value, answer, time.GetUtcNow()));
    }

    /// <summary>Also its payload: what the actions need.</summary>
    public Task<Delivery?> FindAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken) =>
        database.FindAsync(DeliveryTable.Instance, new DeliveryKey(tenant, id), cancellationToken);

    /// <summary>The newest that acts for a payment, a message, ...; also its payload.</summary>
    public Task<Delivery?> FindNewestOfAsync(TenantId tenant, Guid subject, CancellationToken cancellationToken) => database.FindAsync(
        "SELECT * FROM deliveries WHERE tenant_id = @tenant AND subject_id = @subject ORDER BY id DESC LIMIT 1", new { tenant, subject },
        DeliveryTable.Instance.ReadWhole, cancellationToken);

    /// <summary>What acts for any of these payments, messages, ..., newest first: 1,000 at most.</summary>
    public Task<IReadOnlyList<Delivery>> OfAsync(TenantId tenant, IReadOnlyList<Guid> subjects, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter().And("tenant_id = @tenant", "tenant", tenant).In("subject_id", "subject", subjects);
        return database.QueryAsync(
            $"SELECT * FROM deliveries WHERE {filter.Where} ORDER BY id DESC LIMIT 1000", filter.Parameters, DeliveryTable.Instance.Read,
            cancellationToken);
    }

    /// <summary>Null when the caller may act on deliveries of this capability; one that is not known is nobody's.</summary>
    internal Error? Refusal(Caller caller, string capability) =>
        _handlers.GetValueOrDefault(capability) is IGuarded { Permission: { } word } && !Permissions.Allow(caller.Key.Permissions, word)
            ? ApiAccess.Lacks(word) : null;

    private async ValueTask<Error?> RefusalAsync(Caller caller, Delivery delivery, CancellationToken cancellationToken) =>
        Refusal(caller, delivery.Capability)
        ?? caller.RefusalIn(await destinations.ModeOfAsync(delivery.TenantId, delivery.Lane, cancellationToken));

    /// <summary>Capabilities whose deliveries are not acted on in bulk: the caller may not, or they move money and are not named.</summary>
    internal IReadOnlyList<string> WithheldFrom(Caller caller, string? named) => _handlers.Values
        .Where(handler => Refusal(caller, handler.Capability) is not null || handler.MovesMoney && handler.Capability != named)
        .Select(handler => handler.Capability).ToList();

    internal LedgerWork<Result<Reply, Error>> RetryWork(Delivery delivery, string actor) =>
        new RetryDelivery(delivery, _handlers[delivery.Capability], views, actor, time.GetUtcNow());

    private static IDeliveryHandler Guarded(IDeliveryHandler handler) =>
        handler.MovesMoney && handler is not IGuarded { Permission: not null }
            ? throw new InvalidOperationException($"{handler.Capability} moves money, and names no permission that guards it.") : handler;
}

/// <summary>Says what happened to an operation whose outcome could not be found out.</summary>
/// <param name="Outcome"><c>succeeded</c>, <c>failed</c>, or <c>retry</c>: it was not carried out and is to be tried again.</param>
/// <param name="ProviderReference">The provider's id; required when it succeeded.</param>
/// <example>{"outcome":"succeeded","provider_reference":"pi_3QK9dE2eZvKYlo2C"}</example>
public sealed record ResolveRequest([Required] ResolvedOutcome? Outcome = null, string? ProviderReference = null);
