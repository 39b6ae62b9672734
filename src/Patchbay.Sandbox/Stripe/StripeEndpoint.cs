using Patchbay.Connectors.Contracts;

namespace Patchbay.Sandbox.Stripe;

/// <summary>Where an account's events are sent.</summary>
internal sealed record StripeEndpoint(
    string Id, Uri Url, Secret SigningSecret, IReadOnlyList<string> EnabledEvents, string? ApiVersion, string? Description, long Created)
{
    public bool Wants(string type) => EnabledEvents.Contains("*") || EnabledEvents.Contains(type);
}
