using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Hub.Deliveries;
using Patchbay.Hub.Hosting;
using Patchbay.Hub.Tenants;

namespace Patchbay.Hub.Affiliates;

/// <summary>Puts affiliates together.</summary>
internal static class AffiliateServices
{
    public static IServiceCollection AddAffiliates(this IServiceCollection services)
    {
        services.AddSingleton<IConfigPart, AffiliateConfig>().AddSingleton<ILaneOwner, AffiliateLanes>().AddSingleton<OpenAffiliates>();
        services.AddSingleton<AffiliateBook>().AddSingleton<LeadTeller>().AddSingleton<LeadDeposits>().AddSingleton<LeadRegistration>().AddSingleton<PaymentDeposits>();
        services.AddSingleton<EndpointHandlers>().AddSingleton<LeadHandlers>().AddSingleton<DepositHandlers>().AddSingleton<FtdHandlers>();
        services.AddSingleton<IDeliveryHandler, DeliverBatch>();
        services.AddSingleton(new DeliveryKind(DeliverBatch.Name, AffiliateBatchId.Prefix, lane => new AffiliateEndpointId(lane.Value).ToString()));
        services.AddSingleton<FlushBatches>().AddLoop<FlushBatches>("affiliate batches", TimeSpan.FromMilliseconds(250), flush => flush.RunAsync);
        services.AddSingleton<WaitingDeposits>().AddLoop<WaitingDeposits>("deposits that wait for a rate", TimeSpan.FromSeconds(2), waiting => waiting.RunAsync);
        services.AddSingleton<ImportReceiver>().AddSingleton<ImportJobs>().AddLoop<ImportJobs>("lead imports", TimeSpan.FromMilliseconds(500), jobs => jobs.RunAsync);
        services.AddSingleton<AffiliateUpkeep>().AddLoop<AffiliateUpkeep>("old affiliate events", TimeSpan.FromMinutes(10), upkeep => upkeep.RunAsync);
        return services;
    }

    public static void MapAffiliates(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/affiliates").WithTags("Affiliates");
        group.MapAffiliateEndpoints();
        group.MapLeads();
        group.MapImports();
        group.MapDeposits();
        group.MapFtd();
    }
}
