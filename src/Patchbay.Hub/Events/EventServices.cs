using Microsoft.Extensions.DependencyInjection;

namespace Patchbay.Hub.Events;

/// <summary>Puts the reading of events together; <see cref="EventLog"/> belongs to the core.</summary>
internal static class EventServices
{
    public static IServiceCollection AddEvents(this IServiceCollection services) =>
        services.AddSingleton<EventHorizon>().AddSingleton<EventFeed>().AddSingleton<EventStreams>();
}
