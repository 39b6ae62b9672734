namespace Patchbay.Hub.Affiliates.Endpoints;

/// <summary>An affiliate's endpoint as the API shows it.</summary>
/// <param name="Secret">Shown only in the answer that makes it; else null.</param>
/// <param name="DisabledReason"><c>gone</c>: it answered 410, and the hub has disabled it; else null.</param>
/// <param name="PreviousSecretUntil">Until then the secret before signs, too; null when none does.</param>
public sealed record AffiliateEndpointView(
    AffiliateEndpointId Id, string AffiliateId, string EndpointUrl, string? Secret, int BatchSizeMax, int FlushSeconds, bool IsActive,
    string? DisabledReason, DateTimeOffset? PreviousSecretUntil, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static AffiliateEndpointView From(AffiliateEndpoint endpoint) => From(endpoint, null);

    public static AffiliateEndpointView From(AffiliateEndpoint endpoint, string? secret) => new(
        endpoint.Key.Id, endpoint.AffiliateId, endpoint.Url, secret, endpoint.BatchSizeMax, endpoint.FlushSeconds, endpoint.IsActive,
        endpoint.DisabledReason, endpoint.PreviousSecretUntil, endpoint.CreatedAt, endpoint.UpdatedAt);
}
