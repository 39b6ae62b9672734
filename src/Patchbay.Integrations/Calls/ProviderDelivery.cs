using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Costs;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;
using Patchbay.Storage;

namespace Patchbay.Integrations.Calls;

/// <summary>
/// What all deliveries to providers have in common. A subject (payment, message, ...) derives from it once, and says which row is meant and
/// what an answer or an end means to it; each capability derives from that, and says which call it is.
/// </summary>
/// <typeparam name="TCall">What is loaded for a call: the same whatever comes of it.</typeparam>
/// <typeparam name="TAnswer">What connectors answer, and what their webhooks report.</typeparam>
public abstract class ProviderDelivery<TKey, TSubject, TCall, TAnswer>(
    ProviderCapability capability, Table<TKey, TSubject> table, ProviderServices hub) : IDeliveryHandler, IGuarded, IReopen, IAssumeAnswers
    where TKey : struct, IEquatable<TKey>
    where TSubject : class
    where TAnswer : class
{
    public string Capability => capability.Name;

    public bool MovesMoney => capability.Rules.MovesMoney;

    public string? Permission => capability.Permission;

    protected Database Database => hub.Database;

    private ProviderCapability Declared => capability;

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var at = await hub.Connections.OpenAsync(delivery.TenantId, new IntegrationId(delivery.Lane.Value), cancellationToken);
        return new PreparedCall(this, delivery, await LoadAsync(delivery, cancellationToken), at);
    }

    public virtual void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
        NeedSubject(needs, delivery, report?.Answer as TAnswer);
        hub.Failures.Need(needs, delivery, report);
        Costs(delivery, delivery.Lane, report, default)?.Need(needs);
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
        hub.Failures.Apply(rows, step);
        Costs(step.Delivery, step.CalledLane, step.Report, step.Now)?.Apply(rows);
        var subject = rows.Find(table, KeyOf(step.Delivery))!;
        var answer = step.Report?.Answer as TAnswer ?? (EndedWithoutEffect(step.Delivery) ? Ended(subject, step) : null);
        Apply(rows, subject, answer, step);
        hub.Events.Tell(rows, step);
    }

    public Error? Reopen(LedgerRows rows, Delivery delivery, string actor, DateTimeOffset now) =>
        Reopen(rows, rows.Find(table, KeyOf(delivery))!, delivery, actor, now);

    public virtual object? Assumed(string providerReference) => null;

    protected abstract TKey KeyOf(Delivery delivery);

    protected abstract ValueTask<TCall> LoadAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>The subject, as a whole: what most calls are about.</summary>
    protected async ValueTask<TSubject> ReadAsync(Delivery delivery, CancellationToken cancellationToken) =>
        await Database.FindAsync(table, KeyOf(delivery), cancellationToken)
        ?? throw new InvalidOperationException($"{delivery.Id} has no row in {table.Name}.");

    protected abstract Task<Result<TAnswer, ProviderFailure>> CallAsync(
        TCall call, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken);

    /// <summary>By <see cref="ProviderCapability.LookedUpBy"/>: what came of a call whose answer was lost. Null: nothing.</summary>
    protected virtual Task<Result<TAnswer?, ProviderFailure>> LookUpAsync(
        TCall call, Delivery delivery, OpenIntegration at, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Capability} declares a look-up, but has none.");

    /// <summary>Names the rows that moving the subject reads: its own, and what its change writes to. Pure.</summary>
    /// <param name="answer">What the provider said; null when nothing.</param>
    protected virtual void NeedSubject(LedgerNeeds needs, Delivery delivery, TAnswer? answer) => needs.Row(table, KeyOf(delivery));

    /// <summary>Moves the subject. Pure.</summary>
    /// <param name="answer">What the provider said, or what an end counts as; null when nothing new is known of it.</param>
    protected abstract void Apply(LedgerRows rows, TSubject subject, TAnswer? answer, StepTaken step);

    /// <summary>What it counts as that a delivery was canceled, expired or given up without effect; null: nothing.</summary>
    protected virtual TAnswer? Ended(TSubject subject, StepTaken step) => null;

    /// <summary>See <see cref="IReopen.Reopen"/>.</summary>
    protected virtual Error? Reopen(LedgerRows rows, TSubject subject, Delivery delivery, string actor, DateTimeOffset now) => null;

    /// <summary>It is over, and the provider certainly did not do it.</summary>
    protected static bool EndedWithoutEffect(Delivery delivery) =>
        delivery is { Status: DeliveryStatus.Canceled } or { Status: DeliveryStatus.Exhausted, Reason: not ExhaustReason.Unresolved };

    private CostBooks? Costs(Delivery delivery, LaneId called, CallReport? report, DateTimeOffset now) =>
        report?.Answer is ITellCosts { Costs.Count: > 0 } told
            ? new CostBooks(
                told, delivery.TenantId, new IntegrationId(called.Value),
                TypeId.Format(capability.SubjectPrefix, delivery.SubjectId), now)
            : null;

    /// <param name="at">Null when the integration was deleted.</param>
    private sealed class PreparedCall(
        ProviderDelivery<TKey, TSubject, TCall, TAnswer> of, Delivery delivery, TCall call, OpenIntegration? at) : IPreparedCall
    {
        private static readonly ProviderFailure Gone = ProviderFailure.Rejected(
            FailureCause.Account, "integration_deleted", "The integration was deleted before the call was made.");

        private static readonly ProviderFailure NotAsked = ProviderFailure.Rejected(
            FailureCause.Account, "not_looked_up", "The connector cannot tell any more whether the call was carried out.");

        public DeliveryRules Rules { get; } = at is null ? of.Declared.Rules : at.Settings.Apply(of.Declared.Rules);

        public RepeatSafety Safety { get; } = of.Declared.SafetyAt(at?.Provider);

        public async Task<CallReport> CallAsync(CancellationToken cancellationToken) =>
            at is null ? new CallReport(null, Gone, []) : await at.CallAsync(() => of.CallAsync(call, delivery, at, cancellationToken));

        public async Task<CallReport> LookUpAsync(CancellationToken cancellationToken) => Safety switch
        {
            RepeatSafety.LookUp or RepeatSafety.SafeThenLookUp =>
                await at!.CallAsync(() => of.LookUpAsync(call, delivery, at, cancellationToken)),
            RepeatSafety.AtLeastOnce => new CallReport(null, null, []),   // as far as anybody can tell, it was not done
            RepeatSafety.Never when at is not null => new CallReport(null, NotAsked, []),
            _ => await CallAsync(cancellationToken),
        };
    }
}
