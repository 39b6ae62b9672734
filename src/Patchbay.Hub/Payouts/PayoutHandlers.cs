using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Hub.Payments;
using Patchbay.Hub.Payouts.ClosedLoop;
using Patchbay.Integrations.Catalog;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Integrations.Routing;
using Patchbay.Platform.Access;
using Patchbay.Platform.Api;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts;

/// <summary>What can be done with payouts: each method validates and prepares one operation.</summary>
public sealed class PayoutHandlers(
    Database database, Router router, ProviderCatalog catalog, TenantVault vault, DeliveryEngine engine, DeliveryHandlers deliveries,
    PayoutChanges changes, ClosedLoopGuard loop, ICustomerNames names, IdGenerator ids, TimeProvider time)
{
    private const int MostRotations = 1_000;

    /// <summary>
    /// The guards, in order: the kill switch, who can do it, whether their word could be trusted, the closed loop, a second person.
    /// </summary>
    public async Task<Result<Operation, Error>> CreateAsync(
        Caller caller, CreatePayoutRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        if (PayoutInput.Read(request, faults) is not { } input)
            return faults.ToError();
        if (input.CustomerId is { } name)
            input = input with { CustomerId = await names.OfAsync(caller.Tenant, caller.Mode, name, cancellationToken) };
        var settings = await SettingsAsync(caller.Tenant, cancellationToken);
        if (!settings.IsEnabled)
            return CreatePayoutWork.Disabled;
        if (settings.IsClosedLoop && input.CustomerId is null)
            return Error.Invalid("customer_id", "is required: payouts go back to where the customer paid in");
        var routed = await router.RouteAsync(
            caller.Tenant, caller.Mode, Capabilities.InitiatePayout, ContextOf(input), request.IntegrationId, cancellationToken);
        if (!routed.IsSuccess)
            return routed.Error;
        var integration = routed.Value.Integration;
        if (integration.MissingWebhookSecret(catalog.Find(integration.Provider)!.Manifest) is { } secret)
        {
            return PayoutErrors.NoWebhookSecret.With(
                $"{integration.Id} has no {secret} yet, without which what its provider says of a payout cannot be trusted: see "
                    + $"webhook_setup of GET /api/v1/integrations/{integration.Id}.");
        }

        var check = settings.IsClosedLoop
            ? await loop.PrepareAsync(caller, input.CustomerId!, input.Amount, integration, cancellationToken) : null;
        var (now, id, waits) = (time.GetUtcNow(), ids.New<PayoutId>(), settings.AsksForApproval(input.Amount));
        var cipher = await vault.OpenAsync(caller.Tenant, cancellationToken);
        var payout = new Payout
        {
            TenantId = caller.Tenant, Id = id, Mode = caller.Mode, Amount = input.Amount, Reference = input.Reference,
            CustomerId = input.CustomerId, Country = input.Country, IntegrationId = integration.Id, ProposedBy = caller.Actor,
            SealedDestination = cipher.Seal(
                InitiatePayout.Purpose(id), JsonSerializer.SerializeToUtf8Bytes(input.Destination, HubJson.Stored)),
            Destination = JsonSerializer.Serialize(PayoutDestinationView.Of(input.Destination), HubJson.Stored),
            Metadata = JsonSerializer.Serialize(input.Metadata, HubJson.Stored), CreatedAt = now, UpdatedAt = now,
            Phase = waits ? PayoutPhase.PendingApproval : PayoutPhase.Pending, VerifyAt = waits ? null : PayoutFollowUp.Schedule.Begin(now),
        };
        var placement = routed.Value.Place(PayoutCapabilities.Initiate, caller, id.Value);
        if (settings.IsClosedLoop)
            placement = placement with { Fallbacks = null };   // the money goes back by whom it came, or not at all
        var delivery = waits ? null : await engine.PlaceAsync(placement.New(ids, now), cancellationToken);
        return new Operation(new CreatePayoutWork(payout, delivery, settings, check, changes, now))
        {
            Delivery = delivery, Keep = ApiRequest.KeepMoney,
            AfterOutcome = waits ? null : token => ReadAsync(payout.Key, token),
        };
    }

    public async Task<Result<Operation, Error>> ApproveAsync(
        Caller caller, PayoutId id, ApprovePayoutRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var (payout, now, faults) = (found.Value, time.GetUtcNow(), new Faults());
        var reason = faults.OptionalText(request.Reason, "reason", 500);
        if (faults.Any)
            return faults.ToError();
        if (await IsProposersAsync(caller, payout, cancellationToken))
            return PayoutWork.SamePerson;
        var placement = new Placement(
            PayoutCapabilities.Initiate, caller.Tenant, id.Value, Integration.LaneOf(payout.IntegrationId))
        {
            TraceParent = caller.TraceParent,
        };
        var delivery = await engine.PlaceAsync(placement.New(ids, now), cancellationToken);
        return new Operation(new ApprovePayoutWork(payout.Key, delivery, changes, caller.Actor, reason, now))
        {
            Delivery = delivery, Keep = ApiRequest.KeepMoney, AfterOutcome = token => ReadAsync(payout.Key, token),
        };
    }

    /// <summary>Takes back what was not sent yet.</summary>
    public async Task<Result<Operation, Error>> CancelAsync(Caller caller, PayoutId id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var payout = found.Value;
        if (payout.Phase == PayoutPhase.PendingApproval)
            return new Operation(new WithdrawPayoutWork(payout.Key, changes, caller.Actor, time.GetUtcNow()));
        if (payout.Phase != PayoutPhase.Pending
            || await deliveries.FindNewestOfAsync(caller.Tenant, id.Value, cancellationToken) is not { } delivery)
            return ApiErrors.WrongStatus.With($"Only a payout that was not sent yet can be canceled; it is {payout.Phase.ToWord()} now.");
        var canceled = await deliveries.CancelAsync(caller, delivery.Id, cancellationToken);
        return canceled.Map(operation => operation with { Work = new CancelWork(operation.Work, payout.Key) });
    }

    public async Task<Result<Operation, Error>> ResolveAsync(
        Caller caller, PayoutId id, ResolvePayoutRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var faults = new Faults();
        faults.Require(request.Outcome is not null, "outcome", "is required: paid or failed");
        var reason = faults.Text(request.Reason, "reason", 500);
        return faults.Any ? faults.ToError()
            : await IsProposersAsync(caller, found.Value, cancellationToken) ? PayoutWork.SamePerson
            : new Operation(
                new ResolvePayoutWork(found.Value.Key, request.Outcome!.Value, changes, caller.Actor, reason, time.GetUtcNow()));
    }

    /// <summary>The caller's key is what the proposer's was rotated to: the same person has it.</summary>
    private async Task<bool> IsProposersAsync(Caller caller, Payout payout, CancellationToken cancellationToken)
    {
        var name = payout.ProposedBy;
        for (var turns = 0; turns < MostRotations && TypeId.TryParse<ApiKeyId>(name, out var id); turns++)
        {
            var key = await database.FindAsync(ApiKeyTable.Instance, new ApiKeyRowKey(payout.TenantId, id), cancellationToken);
            if (key?.ReplacedBy is not { } successor)
                return false;
            if (successor.ToString() == caller.Actor)
                return true;
            name = successor.ToString();
        }

        return false;
    }

    public async Task<Result<Operation, Error>> VerifyAsync(Caller caller, PayoutId id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var key = found.Value.Key;
        var question = PayoutFollowUp.Question(found.Value) with { TraceParent = caller.TraceParent };
        var delivery = await engine.PlaceAsync(question.New(ids, time.GetUtcNow()), cancellationToken);
        return new Operation(new VerifyPayoutWork(key, delivery)) { Delivery = delivery, AfterOutcome = token => ReadAsync(key, token) };
    }

    public Task<Result<Operation, Error>> SetSettingsAsync(
        Caller caller, SetPayoutSettingsRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.Require(request.Enabled is not null, "enabled", "is required: true or false");
        var known = Currency.TryParse(request.ApproveCurrency, out var currency);
        faults.Require(request.ApproveCurrency is null || known, "approve_currency", "is not an ISO 4217 code");
        var named = request.ApproveAbove is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) };
        faults.Require(named == request.ApproveCurrency is not null, "approve_above", "and approve_currency go together");
        var limit = named && known ? AmountInput.Read(request.ApproveAbove, currency, "approve_above", faults) : null;
        return Task.FromResult<Result<Operation, Error>>(faults.Any
            ? faults.ToError()
            : new Operation(new SetPayoutSettings(
                new PayoutSettings(
                    caller.Tenant, request.Enabled!.Value, request.ClosedLoop == true, limit?.MinorUnits, limit?.Currency.Code),
                caller.Actor, time.GetUtcNow())));
    }

    public Task<Payout?> FindAsync(TenantId tenant, PayoutId id, CancellationToken cancellationToken) =>
        database.FindAsync(PayoutTable.Instance, new PayoutKey(tenant, id), cancellationToken);

    public async Task<PayoutSettings> SettingsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await database.FindAsync(PayoutSettingsTable.Instance, tenant, cancellationToken) ?? PayoutSettings.Unset(tenant);

    /// <summary>A payout that the caller may act on.</summary>
    private async Task<Result<Payout, Error>> FindAsync(Caller caller, PayoutId id, CancellationToken cancellationToken) =>
        await FindAsync(caller.Tenant, id, cancellationToken) is not { } payout ? Error.NotFound("payout")
        : caller.RefusalIn(payout.Mode) is { } refusal ? refusal
        : payout;

    /// <summary>201 once the provider has it, or will not; 202 while that is not known.</summary>
    private async Task<Reply> ReadAsync(PayoutKey key, CancellationToken cancellationToken)
    {
        var payout = (await FindAsync(key.Tenant, key.Id, cancellationToken))!;
        return new Reply(payout.Phase > PayoutPhase.Pending ? 201 : 202, PayoutView.Of(payout), $"/api/v1/payouts/{key.Id}");
    }

    private static RoutingContext ContextOf(PayoutInput input) => new()
    {
        Country = input.Country,
        Currency = input.Amount.Currency.Code,
        Amount = input.Amount.Amount,
        Direction = "withdrawal",
        Customer = input.CustomerId is { } customer
            ? new Dictionary<string, string> { ["id"] = customer } : new Dictionary<string, string>(),
        Metadata = input.Metadata,
        CompanyId = input.Metadata.GetValueOrDefault("company_id"),
        Reference = input.Reference,
    };

    private sealed class CancelWork(LedgerWork<Result<Reply, Error>> cancel, PayoutKey key) : LedgerWork<Result<Reply, Error>>
    {
        public override void Need(LedgerNeeds needs)
        {
            cancel.Need(needs);
            needs.Row(PayoutTable.Instance, key);
        }

        public override Result<Reply, Error> Decide(LedgerRows rows) => cancel.Decide(rows).Map(
            _ => Reply.Accepted(PayoutView.Of(rows.Find(PayoutTable.Instance, key)!), $"/api/v1/payouts/{key.Id}"));
    }
}
