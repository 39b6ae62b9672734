using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Patchbay.Connectors.Contracts;
using Patchbay.Integrations.Deliveries;
using Patchbay.Integrations.Integrations;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Network;
using Patchbay.Platform.ShardNames;
using Patchbay.Platform.Tenants;
using Patchbay.Storage;

namespace Patchbay.Integrations.Inbound;

/// <summary>Where providers call back. Open to anyone: the signature is the key.</summary>
internal sealed class ReceivingFeature : IFeature
{
    // A callback of some providers may be set to GET, and some challenge the address by it.
    private static readonly string[] Methods = ["POST", "GET"];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton<InboundMetrics>().AddSingleton<InboundIntegrations>().AddSingleton<PublishedKeys>()
            .AddSingleton<WebhookReceiver>();
        services.TryAddSingleton<IEveryShard, OnlyShard>();
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<ReceivingProvider>(ReceivingProvider.Name));
    }

    public void Map(FeatureRoutes routes)
    {
        var group = routes.Root.MapGroup("/api/webhooks").WithTags("Inbound webhooks");
        group.MapMethods("/{provider}/{integration_id}", Methods, NamedAsync).FoundBy(OwnerAsync).Produces(200)
            .WithName("inbound_webhooks.receive").Refuses(WebhookErrors.Refused)
            .WithSummary("A provider reports about what an integration did")
            .WithDescription("For providers, who sign what they send; answered once it is stored.");
        group.MapPost("/{provider}", UnnamedAsync).OnAnyShard().Produces(200)
            .WithName("inbound_webhooks.receive_unnamed").Refuses([.. WebhookErrors.Refused, WebhookErrors.AddressAmbiguous])
            .WithSummary("A provider reports, and does not say about which integration")
            .WithDescription("For providers that know one address only: it goes to the one integration whose secret fits.");
        group.MapGet($"/{{provider:{ReceivingProvider.Name}}}", UnnamedAsync).OnAnyShard().WithOrder(-1)
            .Refuses([.. WebhookErrors.Refused, WebhookErrors.AddressAmbiguous]).ExcludeFromDescription();
    }

    private static async Task<IResult> NamedAsync(
        string provider, [FromRoute(Name = "integration_id")] string integrationId, HttpContext context, WebhookReceiver receiver,
        Connections connections, LimitOptions limits, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!TypeId.TryParse<IntegrationId>(integrationId, out var id))
            return WebhookErrors.NotFound.ToResult();
        var from = context.Connection.RemoteIpAddress;
        var found = await receiver.FindAsync(provider, id, from, cancellationToken);
        if (!found.IsSuccess)
            return found.Error.ToResult();
        var (body, unreadable) = await BodyBytes.ReadAsync(context, limits.WebhookBodyBytes);
        if (unreadable is not null)
            return unreadable.ToResult();
        var request = Request(context, connections.WebhookUrl(found.Value.Integration), body, time);
        return Answer(await receiver.ReceiveAsync(found.Value, request, from, cancellationToken));
    }

    private static async Task<IResult> UnnamedAsync(
        string provider, HttpContext context, WebhookReceiver receiver, IEveryShard every, PublicAddress address, LimitOptions limits,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (!receiver.ReceivesWebhooks(provider))
            return WebhookErrors.NotFound.ToResult();
        var from = context.Connection.RemoteIpAddress;
        if (receiver.EnterUnnamed(provider, from) is { } refusal)
            return refusal.ToResult();
        var (body, unreadable) = await BodyBytes.ReadAsync(context, limits.WebhookBodyBytes);
        if (unreadable is not null)
            return unreadable.ToResult();
        var request = Request(context, address.For("api/webhooks/" + provider), body, time);
        var shards = every.Each<WebhookReceiver>();
        return Answer(await receiver.ReceiveUnnamedAsync(provider, request, from, shards, cancellationToken));
    }

    /// <summary>Whose the address is, on one shard.</summary>
    private static async ValueTask<TenantId?> OwnerAsync(
        IServiceProvider shard, HttpContext context, CancellationToken cancellationToken) =>
        TypeId.TryParse<IntegrationId>(context.GetRouteValue("integration_id") as string, out var id)
            ? await shard.GetRequiredService<InboundIntegrations>().OwnerAsync(id, context.Connection.RemoteIpAddress, cancellationToken)
            : null;

    private static IResult Answer(Result<WebhookAnswer, Error> received) =>
        !received.IsSuccess ? received.Error.ToResult()
        : received.Value is { ContentType: null, Headers.Count: 0 } ? Results.StatusCode(received.Value.Status)
        : new BodyResult(received.Value);

    /// <summary>To the byte what the provider wants to read.</summary>
    private sealed class BodyResult(WebhookAnswer answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = answer.Status;
            httpContext.Response.ContentType = answer.ContentType;
            httpContext.Response.ContentLength = answer.Body.Length;
            foreach (var (name, value) in answer.Headers)
                httpContext.Response.Headers[name] = value;
            await httpContext.Response.Body.WriteAsync(answer.Body, httpContext.RequestAborted);
        }
    }

    /// <summary>
    /// The request as the provider sent it: signatures cover the address it knows, which a proxy may have changed on the way here, and the
    /// query character for character.
    /// </summary>
    private static WebhookRequest Request(HttpContext context, Uri address, byte[] body, TimeProvider time)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = target.IndexOf('?', StringComparison.Ordinal) is var start and >= 0 ? target[start..] : "";
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => string.Join(',', header.Value.ToArray()), StringComparer.OrdinalIgnoreCase);
        return new WebhookRequest(context.Request.Method, new Uri(address.OriginalString + query), headers, body, time.GetUtcNow());
    }
}
