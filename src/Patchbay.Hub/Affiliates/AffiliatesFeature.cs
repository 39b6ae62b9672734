using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Hub.Affiliates.Batches;
using Patchbay.Hub.Affiliates.Deposits;
using Patchbay.Hub.Affiliates.Endpoints;
using Patchbay.Hub.Affiliates.Imports;
using Patchbay.Hub.Affiliates.Leads;
using Patchbay.Hub.Affiliates.Terms;
using Patchbay.Hub.Payments;
using Patchbay.Integrations.Deliveries;
using Patchbay.Platform.Features;
using Patchbay.Platform.Jobs;
using Patchbay.Platform.Loops;
using Patchbay.Platform.Operations;
using Patchbay.Platform.Tenants;

namespace Patchbay.Hub.Affiliates;

internal sealed class AffiliatesFeature : IFeature
{
    public IReadOnlyList<string> Resources => ["affiliates"];

    public void Add(IServiceCollection services)
    {
        services.AddConfigSet(AffiliateEndpointTable.Instance, rows => new AffiliateEndpointSet(rows), AffiliateEndpointSet.Max);
        services.AddSingleton<ILaneOwner, AffiliateLanes>();
        services.AddSingleton<AffiliateBook>().AddSingleton<LeadTeller>().AddSingleton<LeadDeposits>().AddSingleton<LeadRegistration>();
        services.AddSingleton<IPaymentListener, PaymentDeposits>();
        services.AddSingleton<AffiliateEndpointHandlers>().AddSingleton<LeadHandlers>().AddSingleton<DepositHandlers>()
            .AddSingleton<AffiliateTermsHandlers>();
        services.AddSingleton<IDeliveryHandler, DeliverAffiliateBatch>();
        services.AddSingleton(
            new DeliveryKind(DeliverAffiliateBatch.Name, AffiliateBatchId.Prefix, lane => new AffiliateEndpointId(lane.Value).ToString()));
        services.AddSingleton<FlushAffiliateBatches>()
            .AddLoop<FlushAffiliateBatches>("affiliate batches", TimeSpan.FromMilliseconds(250), flush => flush.RunAsync);
        services.AddSingleton<WaitingDeposits>()
            .AddLoop<WaitingDeposits>("deposits that wait for a rate", TimeSpan.FromSeconds(2), waiting => waiting.RunAsync);
        services.AddSingleton<ImportReceiver>().AddJobs<LeadImportJobs>("lead imports");
        services.AddSingleton<AffiliateUpkeep>()
            .AddLoop<AffiliateUpkeep>("old affiliate events", TimeSpan.FromMinutes(10), upkeep => upkeep.RunAsync);
        services.AddSingleton<ImportUpkeep>().AddLoop<ImportUpkeep>("old lead files", TimeSpan.FromMinutes(10), upkeep => upkeep.RunAsync);
    }

    public void Map(FeatureRoutes hub)
    {
        hub.ActionNamed("deliveries.retry").Refuses(AffiliateErrors.BatchOvertaken);
        hub.MapAffiliateEndpoints();
        hub.MapLeads();
        hub.MapDeposits();
        hub.MapFtd();
        hub.Api.MapGroup("/affiliates").WithTags(hub.Heading).MapImports();
    }
}
