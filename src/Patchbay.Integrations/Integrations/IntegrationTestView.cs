using Patchbay.Engine;

namespace Patchbay.Integrations.Integrations;

/// <summary>What a test of an integration found.</summary>
/// <param name="Ok">Whether the provider accepts the credentials; null while that is not known yet.</param>
/// <param name="Account">What the account calls itself; null unless the test passed, and when the provider does not tell.</param>
/// <param name="ErrorCode">The provider's, else a word of the hub; null unless the test failed.</param>
/// <param name="DeliveryId">The test itself, with its attempt.</param>
public sealed record IntegrationTestView(bool? Ok, string? Account, string? ErrorCode, string? ErrorMessage, DeliveryId DeliveryId)
{
    public static IntegrationTestView From(Delivery check, Integration? integration) => check.Status switch
    {
        DeliveryStatus.Delivered => new(true, integration?.Account, null, null, check.Id),
        DeliveryStatus.Exhausted or DeliveryStatus.Canceled => new(false, null, check.LastCode, check.LastMessage, check.Id),
        _ => new(null, null, null, null, check.Id),
    };
}
