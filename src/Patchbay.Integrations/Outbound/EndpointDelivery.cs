using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.Integrations.Outbound;

/// <summary>
/// Deliveries to signed endpoints: at least once, counted in the endpoint's figures, and none any more once it has answered 410. A feature
/// says what is sent, and what follows for its own rows.
/// </summary>
public abstract class EndpointDelivery(OutboundStats stats) : IDeliveryHandler
{
    public abstract string Capability { get; }

    public bool MovesMoney => false;

    public abstract Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken);

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
        stats.Need(needs, delivery.TenantId, delivery.Lane.Value, report);
        Need(needs, delivery, report, IsGone(report));
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
        stats.Count(rows, step.Delivery.TenantId, step.Delivery.Lane.Value, step.Report);
        Record(rows, step, IsGone(step.Report));
        if (IsGone(step.Report))
            Disable(rows, step);
        Tell(rows, step);
    }

    /// <summary>Names the rows that the three below will read.</summary>
    /// <param name="gone">The endpoint has answered 410, and is about to be disabled.</param>
    protected abstract void Need(LedgerNeeds needs, Delivery delivery, CallReport? report, bool gone);

    /// <summary>Writes what has come of it, in the transaction that records the step. Pure.</summary>
    protected abstract void Record(LedgerRows rows, StepTaken step, bool gone);

    /// <summary>The endpoint wants nothing more: it is disabled, if it is still active.</summary>
    protected abstract void Disable(LedgerRows rows, StepTaken step);

    /// <summary>Publishes what is to be told of the step.</summary>
    protected abstract void Tell(LedgerRows rows, StepTaken step);

    private static bool IsGone(CallReport? report) => report?.Failure?.Code == OutboundFailures.Gone;
}

/// <summary>A message about to be posted to an endpoint.</summary>
/// <param name="post">Signs and sends it.</param>
public sealed class EndpointCall(DeliveryRules rules, Func<CancellationToken, Task<CallReport>> post) : IPreparedCall
{
    public DeliveryRules Rules => rules;

    public RepeatSafety Safety => RepeatSafety.AtLeastOnce;

    public Task<CallReport> CallAsync(CancellationToken cancellationToken) => post(cancellationToken);

    public Task<CallReport> LookUpAsync(CancellationToken cancellationToken) => CallAsync(cancellationToken);

    /// <summary>There is nothing to be sent any more, or nobody to send it to.</summary>
    public static EndpointCall Refused(DeliveryRules rules, string code, string message) =>
        new(rules, _ => Task.FromResult(new CallReport(null, ProviderFailure.Rejected(FailureCause.Request, code, message), [])));
}
