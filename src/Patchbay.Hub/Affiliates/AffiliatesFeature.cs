using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Features;
using Patchbay.Platform.Loops;
using Patchbay.Platform.Tenants;

namespace Patchbay.Hub.Affiliates;

internal sealed class AffiliatesFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["affiliates"];

    public void Add(IServiceCollection services)
    {
        services.AddSingleton<IConfigPart, AffiliateConfig>().AddSingleton<ILaneOwner, AffiliateLanes>().AddSingleton<OpenAffiliates>();
        services.AddSingleton<AffiliateBook>().AddSingleton<LeadTeller>().AddSingleton<LeadDeposits>().AddSingleton<LeadRegistration>().AddSingleton<IPaymentListener, PaymentDeposits>();
        services.AddSingleton<EndpointHandlers>().AddSingleton<LeadHandlers>().AddSingleton<DepositHandlers>().AddSingleton<FtdHandlers>();
        services.AddSingleton<IDeliveryHandler, DeliverBatch>();
        services.AddSingleton(new DeliveryKind(DeliverBatch.Name, AffiliateBatchId.Prefix, lane => new AffiliateEndpointId(lane.Value).ToString()));
        services.AddSingleton<FlushBatches>().AddLoop<FlushBatches>("affiliate batches", TimeSpan.FromMilliseconds(250), flush => flush.RunAsync);
        services.AddSingleton<WaitingDeposits>().AddLoop<WaitingDeposits>("deposits that wait for a rate", TimeSpan.FromSeconds(2), waiting => waiting.RunAsync);
        services.AddSingleton<ImportReceiver>().AddSingleton<ImportJobs>().AddLoop<ImportJobs>("lead imports", TimeSpan.FromMilliseconds(500), jobs => jobs.RunAsync);
        services.AddSingleton<AffiliateUpkeep>().AddLoop<AffiliateUpkeep>("old affiliate events", TimeSpan.FromMinutes(10), upkeep => upkeep.RunAsync);
    }

    public void Map(FeatureRoutes hub)
    {
        hub.MapAffiliateEndpoints();
        hub.MapLeads();
        hub.MapDeposits();
        hub.MapFtd();
        hub.Api.MapGroup("/affiliates").WithTags(hub.Heading).MapImports();
    }
}
