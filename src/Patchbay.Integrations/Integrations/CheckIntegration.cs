using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Platform.Api;
using Patchbay.Platform.Alerts;
using Patchbay.Platform.Audit;
using Patchbay.Platform.Events;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Tokens;
using Patchbay.Storage;

namespace Patchbay.Integrations.Integrations;

/// <summary>Why credentials are checked.</summary>
public enum CheckReason
{
    /// <summary>They are new, or a person asked for it.</summary>
    Verify,

    /// <summary>They are new, and the old ones are in use until they are found to work.</summary>
    Renewal,

    /// <summary>On schedule.</summary>
    Health,

    /// <summary>A person wants to see the answer; the status stays as it is.</summary>
    Test,
}

/// <summary>The delivery that checks an integration's credentials with its provider.</summary>
public sealed class CheckIntegration(
    Connections connections, IntegrationChanges changes, EventLog events, IdGenerator ids, TimeProvider time) : IDeliveryHandler
{
    /// <summary>A capability of the hub itself; no manifest names it.</summary>
    public const string Name = "verify_credentials";

    public static readonly ProviderCapability Declared =
        new(Name, IntegrationId.Prefix,
            new DeliveryRules(4, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1), 3, MovesMoney: false)) { OnlyReads = true };

    /// <summary>Somebody is waiting for the answer, whatever it is.</summary>
    private static readonly DeliveryRules Once = Declared.Rules with { Tries = 1 };

    public string Capability => Name;

    public bool MovesMoney => false;

    /// <summary>A new check, to be placed and inserted.</summary>
    public Delivery NewDelivery(Integration integration, CheckReason reason, string? traceParent) =>
        new Placement(Declared, integration.TenantId, integration.Id.Value, integration.CheckLane)
        {
            Priority = reason == CheckReason.Health ? DeliveryPriority.Low : DeliveryPriority.High,
            Payload = JsonSerializer.SerializeToUtf8Bytes(reason, HubJson.Stored),
            TraceParent = traceParent,
        }.New(ids, time.GetUtcNow());

    public async Task<IPreparedCall> PrepareAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var (reason, id) = (ReasonOf(delivery), new IntegrationId(delivery.SubjectId));
        var open = reason == CheckReason.Renewal
            ? await connections.OpenRenewedAsync(delivery.TenantId, id, cancellationToken)
            : await connections.OpenAsync(delivery.TenantId, id, cancellationToken);
        return new IntegrationCall(open, reason == CheckReason.Test ? Once : Declared.Rules, AskAsync);
    }

    public void Need(LedgerNeeds needs, Delivery delivery, CallReport? report) =>
        IntegrationChanges.Need(needs, new IntegrationKey(delivery.TenantId, new IntegrationId(delivery.SubjectId)));

    public void Apply(LedgerRows rows, StepTaken step)
    {
        var delivery = step.Delivery;
        var key = new IntegrationKey(delivery.TenantId, new IntegrationId(delivery.SubjectId));
        if (!delivery.IsFinished || rows.Find(IntegrationTable.Instance, key) is not { DeletedAt: null } before)
            return;
        if (ReasonOf(delivery) == CheckReason.Test)
        {
            if (step.Report?.Answer is AccountInfo { Account: { } named } && named != before.Account)
                changes.Write(rows, before, before with { Account = named }, AuditLog.System, null, new { }, step.Now);
            return;
        }

        var reason = delivery.LastMessage ?? "The check did not end.";
        var account = step.Report?.Answer as AccountInfo;
        if (ReasonOf(delivery) == CheckReason.Renewal)
        {
            if (before.NewCredentialsCheck == delivery.Id)   // else others were entered since
                ApplyRenewal(rows, before, account, reason, step.Now);
            return;
        }

        var after = account is not null
            ? before.CheckPassed(account.Account, step.Now).EndsAt(account.ExpiresAt, step.Now)
            : step.Report?.Failure is { Code: TokenEndpoint.ReauthorizationRequired }
            ? before.AuthorizationEnded(reason, step.Now)
            : before.CheckFailed(
                reason, step.Report?.Failure is { Outcome: FailureOutcome.Rejected, Cause: FailureCause.Authentication }, step.Now);
        changes.Write(rows, before, after, AuditLog.System, null, new { }, step.Now);
    }

    private void ApplyRenewal(LedgerRows rows, Integration before, AccountInfo? account, string reason, DateTimeOffset now)
    {
        if (account is not null)
        {
            changes.Write(
                rows, before, before.RenewalPassed(account.Account, now).EndsAt(account.ExpiresAt, now), AuditLog.System,
                "integration.renewed", new { }, now);
            return;
        }

        var id = before.Id.ToString();
        changes.Write(
            rows, before, before.RenewalFailed(reason, now), AuditLog.System, "integration.renewal_failed", new { reason }, now);
        events.Publish(rows, before.TenantId, Alert.Raised, id, new Alert(
            "credentials_not_renewed", $"The new credentials of {before.Name} were not taken over, the old ones are in use: "
                + $"{Sentence.Of(reason)} Enter them again.", id), now);
    }

    private static CheckReason ReasonOf(Delivery delivery) =>
        delivery.Payload.Length > 0 ? JsonSerializer.Deserialize<CheckReason>(delivery.Payload, HubJson.Stored) : CheckReason.Verify;

    private static Task<CallReport> AskAsync(OpenIntegration open, CancellationToken cancellationToken) => open.CallAsync(async () =>
    {
        var account = await open.Make<IVerifyCredentials>().VerifyCredentialsAsync(open.Connection, cancellationToken);
        return account.Map(told => told with { ExpiresAt = told.ExpiresAt ?? open.Tokens?.RefreshExpiresAt });
    });
}
