using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Calls;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;
using Patchbay.Platform.Vault;
using Patchbay.Storage;

namespace Patchbay.Hub.Payouts;

/// <summary>What the deliveries about a payout have in common: they load it, and join what the provider says to it.</summary>
internal abstract class PayoutDelivery(ProviderCapability capability, PayoutChanges changes, ProviderServices hub)
    : ProviderDelivery<PayoutKey, Payout, Payout, PayoutState>(capability, PayoutTable.Instance, hub)
{
    protected PayoutChanges Changes => changes;

    protected override PayoutKey KeyOf(Delivery delivery) => new(delivery.TenantId, new PayoutId(delivery.SubjectId));

    protected override ValueTask<Payout> LoadAsync(Delivery delivery, CancellationToken cancellationToken) =>
        ReadAsync(delivery, cancellationToken);

    /// <summary>Null while the kill switch lets money leave.</summary>
    protected async Task<ProviderFailure?> RefusalAsync(Payout payout, CancellationToken cancellationToken) =>
        await Database.FindAsync(PayoutSettingsTable.Instance, payout.TenantId, cancellationToken) is { IsEnabled: true } ? null
        : ProviderFailure.Rejected(FailureCause.Account, PayoutErrors.Disabled.Word, "The kill switch was turned before it was sent.");

    /// <summary>Reads how it stands; changes nothing.</summary>
    protected static Task<Result<PayoutState, ProviderFailure>> AskAsync(
        Payout payout, OpenIntegration at, CancellationToken cancellationToken) =>
        at.Make<IInitiatePayout>().VerifyPayoutAsync(HandleOf(payout), at.Connection, cancellationToken);

    protected static PayoutHandle HandleOf(Payout payout) => new(payout.Id.ToString(), payout.ProviderReference ?? "");

    protected override void NeedSubject(LedgerNeeds needs, Delivery delivery, PayoutState? answer) =>
        PayoutChanges.Need(needs, KeyOf(delivery));

    protected override void Apply(LedgerRows rows, Payout payout, PayoutState? answer, StepTaken step)
    {
        if (answer is not null)
            changes.Join(rows, payout, answer, step.Now);
    }
}

/// <summary>Sends a payout. The kill switch is looked at before each call.</summary>
internal sealed class InitiatePayout(PayoutChanges changes, TenantVault vault, ProviderServices hub)
    : PayoutDelivery(PayoutCapabilities.Initiate, changes, hub)
{
    public static string Purpose(PayoutId id) => $"payout:{id}";

    public override object Assumed(string providerReference) => new PayoutState(providerReference, PayoutStatus.Processing);

    protected override async Task<Result<PayoutState, ProviderFailure>> CallAsync(
        Payout payout, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        await RefusalAsync(payout, cancellationToken) is { } refusal ? refusal
        : await at.Make<IInitiatePayout>().InitiatePayoutAsync(
            await RequestOfAsync(payout, delivery, cancellationToken), at.Connection, cancellationToken);

    protected override async Task<Result<PayoutState?, ProviderFailure>> LookUpAsync(
        Payout payout, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        await at.Make<ILookUpPayout>().LookUpPayoutAsync(
            await RequestOfAsync(payout, delivery, cancellationToken), at.Connection, cancellationToken);

    protected override void Apply(LedgerRows rows, Payout payout, PayoutState? answer, StepTaken step)
    {
        var at = payout with { IntegrationId = new IntegrationId(step.Delivery.Lane.Value) };
        if (at != payout)
            rows.Update(PayoutTable.Instance, at);
        base.Apply(rows, at, answer, step);
    }

    protected override PayoutState Ended(Payout payout, StepTaken step) => new(
        payout.ProviderReference ?? "",
        step.Delivery.Status == DeliveryStatus.Canceled ? PayoutStatus.Canceled : PayoutStatus.Failed,
        step.Delivery.LastFailure);

    /// <summary>The hub's own verdict is taken back; what a provider said of the payout stands.</summary>
    protected override Error? Reopen(LedgerRows rows, Payout payout, Delivery delivery, string actor, DateTimeOffset now)
    {
        if (payout is { Phase: PayoutPhase.Failed, ProviderReference: null })
        {
            Changes.Write(
                rows, payout, payout.Failing(null) with { Phase = PayoutPhase.Pending }, actor, "retry", now);
            return null;
        }

        return payout.Phase > PayoutPhase.Processing
            ? DeliveryErrors.NotRetryable.With($"The payout is {payout.Phase.ToWord()}; make a new one instead.") : null;
    }

    private async Task<PayoutRequest> RequestOfAsync(Payout payout, Delivery delivery, CancellationToken cancellationToken)
    {
        var cipher = await vault.OpenAsync(payout.TenantId, cancellationToken);
        var destination = JsonSerializer.Deserialize<PayoutDestination>(
            cipher.Open(Purpose(payout.Id), payout.SealedDestination), HubJson.Stored)!;
        return new PayoutRequest(
            payout.Id.ToString(), delivery.Id.ToString(), payout.Amount, payout.Reference, destination, payout.CustomerId, payout.Country,
            payout.CreatedAt);
    }
}

/// <summary>Lets a payout leave whose receiver has said where it goes; <see cref="PayoutChanges"/> places it.</summary>
internal sealed class CompletePayout(PayoutChanges changes, ProviderServices hub)
    : PayoutDelivery(PayoutCapabilities.Complete, changes, hub)
{
    private static readonly ProviderFailure NotDone =
        ProviderFailure.Unreadable("The provider took the request, and says that the payout is still to be completed.");

    protected override async Task<Result<PayoutState, ProviderFailure>> CallAsync(
        Payout payout, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(payout, cancellationToken) is { } refusal)
            return refusal;
        var request = new CompletePayoutRequest(HandleOf(payout), delivery.Id.ToString(), payout.Amount);
        var answer = await at.Make<ICompletePayout>().CompletePayoutAsync(request, at.Connection, cancellationToken);
        return answer.Then(state => state.ToBeCompleted ? NotDone : new Result<PayoutState, ProviderFailure>(state));
    }

    protected override async Task<Result<PayoutState?, ProviderFailure>> LookUpAsync(
        Payout payout, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(payout, at, cancellationToken);
        return answer.Map(state => state.ToBeCompleted ? null : state);
    }

    protected override void Apply(LedgerRows rows, Payout payout, PayoutState? answer, StepTaken step)
    {
        base.Apply(rows, payout, answer, step);
        if (EndedWithoutEffect(step.Delivery) && payout.IsOpen)
            Changes.NotCompleted(rows, payout, step.Delivery, step.Now);
    }

    protected override Error? Reopen(LedgerRows rows, Payout payout, Delivery delivery, string actor, DateTimeOffset now) =>
        payout.IsOpen ? null : DeliveryErrors.NotRetryable.With($"The payout is {payout.Phase.ToWord()} by now.");
}

/// <summary>Asks the provider how a payout stands.</summary>
internal sealed class VerifyPayout(PayoutChanges changes, ProviderServices hub) : PayoutDelivery(PayoutCapabilities.Verify, changes, hub)
{
    protected override Task<Result<PayoutState, ProviderFailure>> CallAsync(
        Payout payout, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        AskAsync(payout, at, cancellationToken);
}
