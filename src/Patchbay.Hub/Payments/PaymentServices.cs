using Microsoft.Extensions.DependencyInjection;
using Patchbay.Engine;
using Patchbay.Hub.Hosting;
using Patchbay.Hub.Inbound;

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
        services.AddSingleton<IProviderEventTarget, PaymentEventTarget>().AddSingleton<IProviderEventTarget, RefundEventTarget>();
        services.AddLoop<PaymentReconciler>("payment verification", TimeSpan.FromSeconds(5), reconciler => reconciler.RunAsync);
        return services;
    }
}
