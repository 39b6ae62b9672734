using Patchbay.Integrations.Deliveries;

namespace Patchbay.Integrations.Integrations;

/// <summary>How an integration is doing.</summary>
/// <param name="FailedChecks">Failed checks in a row; three put it into error.</param>
/// <param name="AuthenticationFailures">Operations in a row that were refused for the credentials; three put it into error.</param>
/// <param name="BreakerOpen">Whether this node holds back calls because the provider keeps failing.</param>
/// <param name="CheckedAt">Last check; null before the first.</param>
/// <param name="NextCheckAt">Null while it is not checked on schedule.</param>
public sealed record IntegrationHealthView(
    IntegrationId Id, IntegrationStatus Status, string? StatusReason, int FailedChecks, int AuthenticationFailures, bool BreakerOpen,
    DateTimeOffset? CheckedAt, DateTimeOffset? NextCheckAt)
{
    public static IntegrationHealthView From(Integration integration, bool breakerOpen) => new(
        integration.Id, integration.Status, integration.StatusReason, integration.HealthFailures,
        integration.AuthenticationFailures, breakerOpen, integration.CheckedAt, integration.CheckAt);
}
