using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>Checks the secret key by reading the account's balance, which changes nothing.</summary>
/// <remarks>Source: https://docs.stripe.com/api/balance.</remarks>
[Provider("stripe")]
internal sealed class StripeCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        using var message = StripeMessage.Get("v1/balance", connection);
        var balance = await http.SendAsync(message, StripeJson.Default.StripeBalance, StripeFailures.Classify, cancellationToken);
        return balance.Then(read => SameMode(read, connection));
    }

    // Test and live share one address: only the key tells them apart, so a test key in a live integration would take no money.
    private static Result<AccountInfo, ProviderFailure> SameMode(StripeBalance balance, Connection connection) =>
        (balance.Livemode, connection.Mode) switch
        {
            (true, IntegrationMode.Sandbox) => ProviderFailure.Rejected(
                FailureCause.Authentication,
                "mode_mismatch",
                "This is a live secret key, but the integration is in sandbox mode. Enter the test key (sk_test_...) or make a live "
                    + "integration."),
            (false, IntegrationMode.Live) => ProviderFailure.Rejected(
                FailureCause.Authentication,
                "mode_mismatch",
                "This is a test secret key, but the integration is live. Enter the live key (sk_live_...) or make a sandbox integration."),
            _ => new AccountInfo(connection.FindValue("account_id")),
        };
}
