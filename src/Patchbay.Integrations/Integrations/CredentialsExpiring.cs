using Patchbay.Platform.Events;

namespace Patchbay.Integrations.Integrations;

/// <summary>The data of <c>integration.credentials_expiring</c>.</summary>
/// <param name="ExpiresAt">From then on they do not work.</param>
public sealed record CredentialsExpiring(IntegrationView Integration, DateTimeOffset ExpiresAt)
{
    internal static readonly EventType Published = EventType.Of(
        "integration.credentials_expiring", "14, 7 and 1 day before an integration's credentials end",
        new CredentialsExpiring(
            IntegrationStatusChange.Sample(), new DateTimeOffset(2026, 12, 5, 14, 0, 0, TimeSpan.Zero)));
}
