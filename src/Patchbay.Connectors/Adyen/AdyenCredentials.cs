using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Adyen;

/// <summary>Checks key, merchant account and live host at once, by a question that every Checkout key may ask.</summary>
/// <remarks>
/// Source: https://docs.adyen.com/api-explorer/Checkout/71/post/paymentMethods. GET /me needs a role of the Management API.
/// </remarks>
[Provider("adyen")]
internal sealed class AdyenCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        if (connection.Mode == IntegrationMode.Live && connection.FindValue(AdyenMessage.LivePrefix) is null)
            return AdyenFailures.NoLivePrefix;
        var merchant = AdyenMessage.MerchantOf(connection);
        using var message = AdyenMessage.Checkout(HttpMethod.Post, "paymentMethods", connection)
            .With(new AdyenMerchant(merchant), AdyenJson.Default.AdyenMerchant);
        return (await http.SendAsync(message, AdyenFailures.Classify, cancellationToken)).Map(_ => new AccountInfo(merchant));
    }
}
