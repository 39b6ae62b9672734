using Microsoft.Extensions.DependencyInjection;
using Patchbay.Integrations.Integrations;
using Patchbay.Integrations.Routing;
using Patchbay.Platform.Api;
using Patchbay.Platform.Features;
using Patchbay.Platform.Operations;

namespace Patchbay.Hub.PaymentGateways;

/// <summary>Payments for invoices by the gateway's name, over HTTP; in camelCase under <c>/api/payment-gateways</c>.</summary>
internal sealed class PaymentGatewaysFeature : IFeature
{
    public void Add(IServiceCollection services) => services.AddSingleton<GatewayHandlers>();

    public void Map(FeatureRoutes hub)
    {
        hub = hub with { Heading = "Payments" };
        hub.ActionOn<GatewayHandlers, string, IntentRequest>(
                "payments.gateways.intent", "POST /payment-gateways/{provider}/intent", gateways => gateways.IntentAsync)
            .Answers<IntentView>(201, 202, 200).Says("Begin to take money for an invoice; waits up to 10 seconds for the gateway")
            .Alias("POST /payment-gateways/{provider}/intent")
            .Refuses(RoutingErrors.NoActiveProvider, ApiErrors.ChangedMeanwhile);
        hub.ActionOn<GatewayHandlers, string, ConfirmRequest>(
                "payments.gateways.confirm", "POST /payment-gateways/{provider}/confirm", gateways => gateways.ConfirmAsync)
            .Answers<ConfirmView>(200, 201, 202).Says("Ask the gateway whether the money for an invoice came")
            .Alias("POST /payment-gateways/{provider}/confirm");
        hub.ActionOn<GatewayHandlers, string>(
                "payments.gateways.test", "POST /payment-gateways/{provider}/test", gateways => gateways.TestAsync)
            .Answers<IntegrationTestView>(200, 202).Says("Check the gateway's credentials; waits up to 10 seconds")
            .Alias("POST /payment-gateways/{provider}/test");
    }
}
