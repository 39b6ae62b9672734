using Microsoft.Extensions.DependencyInjection;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Hub.Deliveries;
using Patchbay.Hub.Hosting;
using Patchbay.Hub.Inbound;
using Patchbay.Hub.Integrations;

namespace Patchbay.Hub.Payments;

/// <summary>Puts payments together.</summary>
internal static class PaymentsServices
{
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.AddSingleton<PaymentChanges>().AddSingleton<PaymentHandlers>().AddSingleton<PaymentReconciler>();
        services.AddSingleton<IDeliveryHandler, InitiatePaymentHandler>().AddSingleton<IDeliveryHandler, VerifyPaymentHandler>();
        services.AddSingleton<IDeliveryHandler, CapturePaymentHandler>().AddSingleton<IDeliveryHandler, CancelPaymentHandler>();
        services.AddSingleton<IDeliveryHandler, ProcessRefundHandler>().AddSingleton<IDeliveryHandler, VerifyRefundHandler>();
        foreach (var capability in new[] { Capabilities.InitiatePayment, Capabilities.VerifyPayment, Capabilities.CapturePayment, Capabilities.CancelPayment })
            services.AddSingleton(new DeliveryKind(capability, PaymentId.Prefix, IntegrationLanes.Name));
        foreach (var capability in new[] { Capabilities.ProcessRefund, PaymentRules.VerifyRefund })
            services.AddSingleton(new DeliveryKind(capability, RefundId.Prefix, IntegrationLanes.Name));
        services.AddSingleton<IProviderEventTarget, PaymentEventTarget>().AddSingleton<IProviderEventTarget, RefundEventTarget>();
        services.AddLoop<PaymentReconciler>("payment verification", TimeSpan.FromSeconds(5), reconciler => reconciler.RunAsync);
        return services;
    }
}
