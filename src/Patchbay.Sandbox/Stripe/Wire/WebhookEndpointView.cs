using System.Text.Json.Serialization;

namespace Patchbay.Sandbox.Stripe.Wire;

/// <summary>A webhook endpoint as Stripe writes it; the secret is in the answer to its creation only.</summary>
internal sealed record WebhookEndpointView(string Id, string Url, IReadOnlyList<string> EnabledEvents, long Created, bool Livemode)
{
    public string Object => "webhook_endpoint";

    public string? ApiVersion { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    public string Status => "enabled";
}

internal sealed record WebhookEndpointListView(IReadOnlyList<WebhookEndpointView> Data)
{
    public string Object => "list";

    public bool HasMore => false;

    public string Url => "/v1/webhook_endpoints";
}

internal sealed record DeletedView(string Id, string Object)
{
    public bool Deleted => true;
}
