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
        await Database.FindAsync(PayoutSettingsTable.Instance, payout.TenantId, cancellationToken) is not { IsEnabled: true }
            ? ProviderFailure.Rejected(FailureCause.Account, PayoutErrors.Disabled.Word, "The kill switch was turned before it was sent.")
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
        step.Delivery.LastCode, step.Delivery.LastMessage);

    /// <summary>The hub's own verdict is taken back; what a provider said of the payout stands.</summary>
    protected override Error? Reopen(LedgerRows rows, Payout payout, Delivery delivery, string actor, DateTimeOffset now)
    {
        if (payout is { Phase: PayoutPhase.Failed, ProviderReference: null })
        {
            Changes.Write(
                rows, payout, payout with { Phase = PayoutPhase.Pending, FailureCode = null, FailureMessage = null }, actor, "retry", now);
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
            payout.Id.ToString(), delivery.Id.ToString(), payout.Amount, payout.Reference, destination, payout.CustomerId, payout.Country);
    }
}

/// <summary>Asks the provider how a payout stands.</summary>
internal sealed class VerifyPayout(PayoutChanges changes, ProviderServices hub) : PayoutDelivery(PayoutCapabilities.Verify, changes, hub)
{
    protected override Task<Result<PayoutState, ProviderFailure>> CallAsync(
        Payout payout, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        at.Make<IInitiatePayout>().VerifyPayoutAsync(
            new PayoutHandle(payout.Id.ToString(), payout.ProviderReference ?? ""), at.Connection, cancellationToken);
}
