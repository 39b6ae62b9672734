using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Inbound;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Retention;
using Patchbay.Platform.ShardNames;
using Patchbay.Storage;

namespace Patchbay.Integrations.Connect;

/// <summary>Connecting integrations by OAuth 2: to the provider's page and back. Open to any browser: the state is the key.</summary>
internal sealed class ConnectFeature : IFeature
{
    public void Add(IServiceCollection services) => services
        .AddSingleton<ConnectHandlers>().AddSingleton<ConnectCallback>()
        .AddSingleton(new Expiring("connecting", "tenant_id, state_hash", "expires_at"));

    public void Map(FeatureRoutes hub)
    {
        (hub with { Heading = "Integrations" }).ActionOn<ConnectHandlers, IntegrationId>(
                "integrations.connect", "POST /integrations/{id}/connect", integrations => integrations.ConnectAsync)
            .Answers<ConnectView>().Says("Where a person connects an integration with the provider")
            .Refuses(ConnectHandlers.NotConnectable);
        hub.Root.MapGet("/" + ConnectHandlers.CallbackPath, CallbackAsync).FoundBy(OwnerAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> CallbackAsync(
        string? state, string? code, string? error, HttpContext context, InboundIntegrations integrations, ConnectCallback callback,
        CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (Connecting.IntegrationOf(state) is not { } id)
            return Page("Nothing is connected here: this address is for providers to lead back to.");
        var found = await integrations.FindAsync(id, context.Connection.RemoteIpAddress, cancellationToken);
        if (!found.IsSuccess)
            return found.Error.Status == 404 ? Page("The integration does not exist any more.") : found.Error.ToResult();
        return Page(await callback.FinishAsync(found.Value, new Returned(state!, code, error), cancellationToken));
    }

    private static async ValueTask<TenantId?> OwnerAsync(
        IServiceProvider shard, HttpContext context, CancellationToken cancellationToken) =>
        Connecting.IntegrationOf(context.Request.Query["state"]) is { } id
            ? await shard.GetRequiredService<InboundIntegrations>().OwnerAsync(id, context.Connection.RemoteIpAddress, cancellationToken)
            : null;

    /// <param name="why">Null: it is connected.</param>
    private static IResult Page(string? why)
    {
        var (title, text) = why is null
            ? ("Connected", "The integration is being verified now. You can close this page.") : ("Not connected", why);
        var html = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
            + $"<title>Patchbay: {title}</title></head><body style=\"font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;"
            + $"padding:0 1rem\"><h1>{title}</h1><p>{WebUtility.HtmlEncode(text)}</p></body></html>";
        return Results.Content(html, "text/html; charset=utf-8", statusCode: why is null ? 200 : 400);
    }
}
