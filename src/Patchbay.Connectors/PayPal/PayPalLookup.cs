using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>Finds PayPal's objects behind a payment of the hub. It is named by its order, and by its capture once there is one.</summary>
internal static class PayPalLookup
{
    public static async Task<Result<PayPalOrder, ProviderFailure>> ReadOrderAsync(
        this ProviderHttp http, PaymentHandle payment, CancellationToken cancellationToken)
    {
        using var message = PayPalMessage.Get(OrderPath(payment));
        return await http.SendAsync(message, PayPalJson.Default.PayPalOrder, PayPalFailures.Classify, cancellationToken);
    }

    /// <summary>The id of an authorization or a capture: as it is known, else as the order tells.</summary>
    public static async Task<Result<string, ProviderFailure>> FindAsync(
        this ProviderHttp http, string key, Func<PayPalPaymentCollection, IReadOnlyList<PayPalTransaction>?> among, PaymentHandle payment,
        CancellationToken cancellationToken)
    {
        if (payment.ProviderData.GetValueOrDefault(key) is { } known)
            return known;
        var order = await http.ReadOrderAsync(payment, cancellationToken);
        if (!order.IsSuccess)
            return order.Error.BeforeActing();
        return PayPalMapping.Deciding(among(PayPalMapping.Payments(order.Value))) is { } found
            ? found.Id : PayPalFailures.NothingThere(key, order.Value.Id);
    }

    public static string OrderPath(PaymentHandle payment) => "v2/checkout/orders/"
        + Uri.EscapeDataString(payment.ProviderData.GetValueOrDefault(PayPalMapping.OrderKey) ?? payment.ProviderReference);
}
