using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>Checks the credentials: an access token is got with them, and shown to be good for something.</summary>
[Provider("paypal")]
internal sealed class PayPalCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        using var message = PayPalMessage.Get("v1/notifications/webhooks");
        var listed = await http.SendAsync(message, PayPalJson.Default.PayPalWebhookList, PayPalFailures.Classify, cancellationToken);
        return listed.Map(_ => new AccountInfo(null));   // PayPal does not tell whose app it is
    }
}
