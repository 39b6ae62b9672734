using Patchbay.Connectors.Contracts;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Running;
using Patchbay.Sandbox.Stripe.Wire;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Stripe;

/// <summary><c>/v1/webhook_endpoints</c>. Unlike Stripe, plain http addresses are taken in live mode too.</summary>
internal sealed class StripeWebhookEndpoints(SandboxWorld world)
{
    /// <summary>Stripe allows 16 per account.</summary>
    private const int Most = 16;

    public Reply Create(StripeAccount account, Call call)
    {
        var form = call.Nested;
        if (StripeParameters.Refuse(form, StripeParameters.OfWebhookEndpoint) is { } unknown)
            return unknown;
        if (!Uri.TryCreate(form.TextAt("url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return StripeErrors.Invalid("Invalid URL: An explicit scheme (such as https) must be provided.", "url_invalid", "url");
        if (form.At("enabled_events")?.Children.Values.Select(node => node.Text ?? "").ToArray() is not { Length: > 0 } events)
            return StripeErrors.Missing("enabled_events");
        if (account.Endpoints.Count >= Most)
            return StripeErrors.Impossible($"You have reached the maximum of {Most} test webhook endpoints.", "resource_limit");

        var endpoint = Register(account, url, SandboxIds.Secret("whsec_"), events, form.TextAt("api_version"), form.TextAt("description"));
        var view = ViewOf(account, endpoint) with { Secret = endpoint.SigningSecret.Reveal() };
        return Reply.Json(200, view, StripeJson.Wire.WebhookEndpointView);
    }

    public Reply List(StripeAccount account, Call call) =>
        Reply.Json(200, new WebhookEndpointListView([.. account.Endpoints.Select(endpoint => ViewOf(account, endpoint))]),
            StripeJson.Wire.WebhookEndpointListView);

    public Reply Get(StripeAccount account, Call call) =>
        account.Endpoints.FirstOrDefault(endpoint => endpoint.Id == call.Route("id")) is { } endpoint
        ? Reply.Json(200, ViewOf(account, endpoint), StripeJson.Wire.WebhookEndpointView)
        : NotFound(call);

    public Reply Delete(StripeAccount account, Call call) => account.Remove(call.Route("id"))
        ? Reply.Json(200, new DeletedView(call.Route("id"), "webhook_endpoint"), StripeJson.Wire.DeletedView)
        : NotFound(call);

    /// <summary>As the dashboard does it: the secret is known beforehand. Registering an address again replaces its secret.</summary>
    public StripeEndpoint Register(
        StripeAccount account, Uri url, string secret, IReadOnlyList<string> events, string? apiVersion = null, string? description = null)
    {
        var endpoint = new StripeEndpoint(
            world.Ids.Letters("we_"), url, new Secret(secret), events, apiVersion, description, world.Now.ToUnixTimeSeconds());
        foreach (var earlier in account.Endpoints.Where(earlier => earlier.Url == url))
            account.Remove(earlier.Id);
        account.Add(endpoint);
        return endpoint;
    }

    private static WebhookEndpointView ViewOf(StripeAccount account, StripeEndpoint endpoint) =>
        new(endpoint.Id, endpoint.Url.OriginalString, endpoint.EnabledEvents, endpoint.Created, account.Livemode)
        {
            ApiVersion = endpoint.ApiVersion,
            Description = endpoint.Description,
        };

    private static Reply NotFound(Call call) => StripeErrors.NotFound("webhook endpoint", call.Route("id"), "webhook_endpoint");
}
