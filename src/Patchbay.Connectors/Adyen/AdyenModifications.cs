using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>Captures, cancellations and refunds: Adyen answers that it has received them, always.</summary>
internal static class AdyenModifications
{
    /// <param name="what">The last part of the path, for example <c>captures</c>.</param>
    public static async Task<Result<AdyenReceived, ProviderFailure>> ModifyAsync(
        this ProviderHttp http, PaymentHandle payment, string what, AdyenModification order, string key, Connection connection,
        CancellationToken cancellationToken)
    {
        if (payment.ProviderData.GetValueOrDefault(AdyenMapping.PaymentKey) is not { } reference)
            return AdyenFailures.NotIdentified(payment.PaymentId);
        using var message = AdyenMessage
            .Checkout(HttpMethod.Post, $"payments/{Uri.EscapeDataString(reference)}/{what}", connection, key)
            .With(order, AdyenJson.Default.AdyenModification);
        var received = await http.SendAsync(message, AdyenJson.Default.AdyenReceived, AdyenFailures.Classify, cancellationToken);
        return received.Then(read => read.Status == "received" ? read : new Result<AdyenReceived, ProviderFailure>(
            ProviderFailure.Unreadable($"Adyen answered the unknown status '{read.Status}' to {what}.")));
    }
}
