using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Integrations;

/// <summary>What is refused about a tenant's integrations.</summary>
internal static class IntegrationErrors
{
    public static readonly ErrorCode TooMany = new(422, "too_many_integrations", "the tenant has as many integrations as it may have");
}
