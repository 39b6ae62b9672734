using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Hub.Deliveries;
using Patchbay.Hub.Events;
using Patchbay.Hub.Hosting;
using Patchbay.Hub.Tenants;

namespace Patchbay.Hub.Webhooks;

/// <summary>Puts outbound webhooks together.</summary>
internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<IConfigPart, WebhookConfig>().AddSingleton<ILaneOwner, WebhookLanes>().AddSingleton<OpenWebhooks>();
        services.AddSingleton<WebhookChanges>().AddSingleton<WebhookHandlers>().AddSingleton<WebhookQueries>();
        services.AddSingleton<IDeliveryHandler, DeliverWebhook>().AddSingleton(new DeliveryKind(DeliverWebhook.Name, EventId.Prefix, lane => new WebhookId(lane.Value).ToString()));
        services.AddSingleton<TestWebhook>().AddSingleton<IDeliveryHandler>(provider => provider.GetRequiredService<TestWebhook>());
        services.AddSingleton(new DeliveryKind(TestWebhook.Name, WebhookId.Prefix, lane => Webhook.OfTestLane(lane).ToString()));
        services.AddSingleton<RelayQueries>().AddSingleton<WebhookRelay>();
        services.AddSingleton<WebhookWatch>().AddLoop<WebhookWatch>("failing webhook endpoints", TimeSpan.FromSeconds(2), watch => watch.RunAsync);
        services.AddSingleton<ReplayJobs>().AddLoop<ReplayJobs>("webhook replays", TimeSpan.FromMilliseconds(500), jobs => jobs.RunAsync);
        return services;
    }
}
