using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Payments;

internal static class PaymentHandles
{
    /// <summary>How a provider is told which payment is meant.</summary>
    public static PaymentHandle Handle(this Payment payment) => new(
        payment.Id.ToString(), payment.ProviderReference ?? "",
        JsonSerializer.Deserialize<Dictionary<string, string>>(payment.ProviderData)!, payment.Amount);
}
