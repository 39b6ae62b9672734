using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Razorpay;

/// <summary>Checks the key by reading at most one payment, which changes nothing.</summary>
/// <remarks>Source: https://razorpay.com/docs/api/authentication/.</remarks>
[Provider("razorpay")]
internal sealed class RazorpayCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        // Test and live share one address: only the key tells them apart, so a test key in a live integration would take no money.
        var key = connection.Value("key_id");
        var prefix = connection.Mode == IntegrationMode.Live ? "rzp_live_" : "rzp_test_";
        if (!key.StartsWith(prefix, StringComparison.Ordinal))
            return RazorpayFailures.ModeMismatch(prefix);
        using var message = RazorpayMessage.Get("v1/payments?count=1", connection);
        var read = await http.SendAsync(
            message, RazorpayJson.Default.RazorpayListRazorpayPayment, RazorpayFailures.Classify, cancellationToken);
        return read.Map(_ => new AccountInfo(key));
    }
}
