using System.Runtime.CompilerServices;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Audit;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Tokens;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>
/// Counts operations that were refused for the credentials: three in a row put the integration into error. A working call ends the count;
/// as long as there is none, a call costs nothing here.
/// </summary>
public sealed class IntegrationFailures(IntegrationChanges changes, TenantConfigs configs)
{
    /// <summary>
    /// Whether a success was seen to end a count. Asked when rows are named and again when they are read, between which the configuration
    /// may change.
    /// </summary>
    private readonly ConditionalWeakTable<CallReport, StrongBox<bool>> _endsCount = [];

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report)
    {
        if (Concerns(delivery.TenantId, delivery.Lane, report))
            IntegrationChanges.Need(needs, KeyOf(delivery.TenantId, delivery.Lane));
    }

    public void Apply(LedgerRows rows, StepTaken step)
    {
        var tenant = step.Delivery.TenantId;
        if (!Concerns(tenant, step.CalledLane, step.Report)
            || rows.Find(IntegrationTable.Instance, KeyOf(tenant, step.CalledLane)) is not { DeletedAt: null } before)
            return;
        var after = step.Report!.Failure is { Code: TokenEndpoint.ReauthorizationRequired } ended
            ? before.AuthorizationEnded(ended.Message, step.Now)
            : WasRefused(step.Report!)
            ? before.AuthenticationFailed(
                step.Report!.Failure is { Code: HeaderText.Unsendable } unsendable
                    ? unsendable.Message : "The provider refuses the credentials. Correct them, or verify the integration again.",
                step.Now)
            : before.AuthenticationWorks();
        if (after != before)
            changes.Write(rows, before, after, AuditLog.System, null, new { }, step.Now);
    }

    private bool Concerns(TenantId tenant, LaneId lane, CallReport? report) =>
        report is not null && (WasRefused(report) || report.Failure is null && EndsCount(tenant, lane, report));

    private bool EndsCount(TenantId tenant, LaneId lane, CallReport report) => _endsCount.GetValue(
        report, _ => new StrongBox<bool>(configs.Find(tenant, new IntegrationId(lane.Value)) is { AuthenticationFailures: > 0 })).Value;

    private static bool WasRefused(CallReport report) =>
        report.Failure is { Cause: FailureCause.Authentication, Outcome: FailureOutcome.Rejected };

    private static IntegrationKey KeyOf(TenantId tenant, LaneId lane) => new(tenant, new IntegrationId(lane.Value));
}
