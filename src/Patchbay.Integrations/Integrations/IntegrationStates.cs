using Patchbay.Engine;

namespace Patchbay.Integrations.Integrations;

/// <summary>
/// How an integration's status may change; each change is a copy, and a change that is not allowed gives null. Pure.
/// </summary>
public static class IntegrationStates
{
    /// <summary>Failures in a row that put an active integration into error.</summary>
    public const int FailuresToError = 3;

    /// <summary>A check passed: it becomes usable, unless a person switched it off.</summary>
    public static Integration CheckPassed(this Integration integration, string? account, DateTimeOffset now)
    {
        var checkedNow = integration with
        {
            Account = account ?? integration.Account, VerifiedAt = now, CheckedAt = now, AuthenticationFailures = 0, HealthFailures = 0,
        };
        var comesBack = integration.Status == IntegrationStatus.PendingVerify
            || integration is { Status: IntegrationStatus.Error, Fault: IntegrationFault.Health };
        return comesBack ? checkedNow.Become(IntegrationStatus.Active, IntegrationFault.None, null, now) : checkedNow;
    }

    /// <summary>When the credentials end, as the provider tells now.</summary>
    public static Integration EndsAt(this Integration integration, DateTimeOffset? end, DateTimeOffset now) =>
        end == integration.ExpiresAt
            ? integration : integration with { ExpiresAt = end, ExpiryNoticeAt = ExpiryCalendar.Next(end, now) };

    /// <summary>A check failed for good, or as often as it was tried.</summary>
    /// <param name="refused">The provider refused the credentials, as against not being reachable.</param>
    public static Integration CheckFailed(this Integration integration, string reason, bool refused, DateTimeOffset now)
    {
        var failed = integration with { CheckedAt = now, HealthFailures = integration.HealthFailures + 1 };
        return integration.Status switch
        {
            IntegrationStatus.PendingVerify => failed.Become(
                IntegrationStatus.Error, refused ? IntegrationFault.Credentials : IntegrationFault.Health, reason, now),
            IntegrationStatus.Active when failed.HealthFailures >= FailuresToError => failed.Become(
                IntegrationStatus.Error, IntegrationFault.Health, reason, now),
            _ => failed,
        };
    }

    /// <summary>An operation was refused for its credentials.</summary>
    public static Integration AuthenticationFailed(this Integration integration, string reason, DateTimeOffset now)
    {
        var failed = integration with { AuthenticationFailures = integration.AuthenticationFailures + 1 };
        return integration.Status == IntegrationStatus.Active && failed.AuthenticationFailures >= FailuresToError
            ? failed.Become(IntegrationStatus.Error, IntegrationFault.Credentials, reason, now)
            : failed;
    }

    /// <summary>The credentials have ended, or were revoked: only a person brings new ones.</summary>
    public static Integration AuthorizationEnded(this Integration integration, string reason, DateTimeOffset now) =>
        integration.Status is IntegrationStatus.Active or IntegrationStatus.PendingVerify
            ? integration.Become(IntegrationStatus.Error, IntegrationFault.Credentials, $"reauthorization_required: {reason}", now)
            : integration;

    public static Integration AuthenticationWorks(this Integration integration) => integration with { AuthenticationFailures = 0 };

    /// <summary>
    /// Its credentials changed, or a person wants them checked. While it is switched off that waits until it is activated.
    /// </summary>
    public static Integration VerifyAgain(this Integration integration, DateTimeOffset now) =>
        integration.Status == IntegrationStatus.Inactive
            ? integration with { VerifiedAt = null, AuthenticationFailures = 0, HealthFailures = 0 }
            : (integration with { AuthenticationFailures = 0, HealthFailures = 0 }).Become(
                IntegrationStatus.PendingVerify, IntegrationFault.None, null, now);

    /// <summary>
    /// New credentials: beside the old ones while those work, until they are verified; else in their place at once.
    /// </summary>
    /// <param name="check">The delivery that verifies them; null while it is switched off.</param>
    public static Integration Renew(this Integration integration, byte[] renewed, string shown, DeliveryId? check, DateTimeOffset now) =>
        integration.Status == IntegrationStatus.Active
            ? integration with { SealedNewCredentials = renewed, ShownNewCredentials = shown, NewCredentialsCheck = check }
            : (integration.WithoutRenewal() with
            {
                SealedCredentials = renewed, ShownCredentials = shown, WebhookProblem = null,
            }).VerifyAgain(now);

    /// <summary>The new credentials work: they are the credentials from now on.</summary>
    public static Integration RenewalPassed(this Integration integration, string? account, DateTimeOffset now)
    {
        var renewed = integration.WithoutRenewal() with
        {
            SealedCredentials = integration.SealedNewCredentials!, ShownCredentials = integration.ShownNewCredentials!,
            StatusReason = integration.Status == IntegrationStatus.Active ? null : integration.StatusReason, WebhookProblem = null,
            UpdatedAt = now,
        };
        return (renewed.Status == IntegrationStatus.Error ? renewed.VerifyAgain(now) : renewed).CheckPassed(account, now);
    }

    /// <summary>The new credentials do not work: the old ones stay, and the reason is shown.</summary>
    public static Integration RenewalFailed(this Integration integration, string reason, DateTimeOffset now) =>
        integration.WithoutRenewal() with
        {
            StatusReason = integration.Status == IntegrationStatus.Active
                ? $"The new credentials were not taken over, the old ones are in use: {reason}" : integration.StatusReason,
            UpdatedAt = now,
        };

    /// <summary>Null unless it is active.</summary>
    public static Integration? Disable(this Integration integration, DateTimeOffset now) =>
        integration.Status == IntegrationStatus.Active
            ? integration.Become(IntegrationStatus.Inactive, IntegrationFault.None, "Switched off.", now) : null;

    /// <summary>Null unless it was switched off. One that was never verified is verified first.</summary>
    public static Integration? Activate(this Integration integration, DateTimeOffset now) =>
        integration.Status != IntegrationStatus.Inactive ? null
        : integration.VerifiedAt is null ? integration.Become(IntegrationStatus.PendingVerify, IntegrationFault.None, null, now)
        : integration.Become(IntegrationStatus.Active, IntegrationFault.None, null, now);

    /// <summary>Kept without credentials, so that history can still name it.</summary>
    public static Integration Delete(this Integration integration, DateTimeOffset now) => integration.WithoutRenewal() with
    {
        DeletedAt = now, UpdatedAt = now, CheckAt = null, ExpiryNoticeAt = null, RegisterAt = null, SealedCredentials = [],
        SealedWebhookSecret = null, ShownCredentials = "{}",
        Status = IntegrationStatus.Inactive,
    };

    private static Integration WithoutRenewal(this Integration integration) => integration with
    {
        SealedNewCredentials = null, ShownNewCredentials = null, NewCredentialsCheck = null,
    };

    private static Integration Become(
        this Integration integration, IntegrationStatus status, IntegrationFault fault, string? reason, DateTimeOffset now) =>
            integration with
    {
        Status = status, Fault = fault, StatusReason = reason, UpdatedAt = now,
    };
}
