using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Patchbay.Integrations.Inbound;

/// <summary>A part of an address that names a provider which sends webhooks: others of the same form are somebody else's.</summary>
internal sealed class ReceivingProvider : IRouteConstraint
{
    public const string Name = "receiving_provider";

    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string provider
        && httpContext?.RequestServices.GetRequiredService<WebhookReceiver>().ReceivesWebhooks(provider) == true;
}
