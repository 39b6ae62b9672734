using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine;
using Patchbay.Integrations.Integrations;

namespace Patchbay.Hub.Payments;

/// <summary>A call to a payment provider, ready to be made.</summary>
internal sealed class PaymentCall(
    OpenIntegration? open, string capability, Func<OpenIntegration, CancellationToken, Task<CallReport>> call,
    Func<OpenIntegration, CancellationToken, Task<CallReport>>? lookUp) : IPreparedCall
{
    private static readonly ProviderFailure Gone =
        ProviderFailure.Rejected(FailureCause.Account, "integration_deleted", "The integration was deleted before the call was made.");

    public DeliveryRules Rules { get; } = open is null
        ? PaymentRules.Of(capability)
        : open.Settings.Apply(PaymentRules.Of(capability));

    public RepeatSafety Safety =>
        !PaymentRules.Of(capability).MovesMoney || open is { Provider.Manifest.Idempotency: ProviderIdempotency.Native } ? RepeatSafety.Safe
        : lookUp is not null ? RepeatSafety.LookUp
        : RepeatSafety.Never;

    public Task<CallReport> CallAsync(CancellationToken cancellationToken) =>
        open is null ? Task.FromResult(new CallReport(null, Gone, [])) : call(open, cancellationToken);

    public Task<CallReport> LookUpAsync(CancellationToken cancellationToken) =>
        open is null || lookUp is null ? CallAsync(cancellationToken) : lookUp(open, cancellationToken);

    /// <summary>What a connector's result means to the engine.</summary>
    public static CallReport Report<T>(Result<T, ProviderFailure> result, OpenIntegration open) =>
        new(result.IsSuccess ? result.Value : null, result.Error, open.Http.Exchanges);

    /// <summary>How a provider is told which payment is meant.</summary>
    public static PaymentHandle HandleOf(Payment payment) => new(
        payment.Id.ToString(), payment.ProviderReference ?? "", JsonSerializer.Deserialize<Dictionary<string, string>>(payment.ProviderData)!, payment.Amount);
}
