using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Razorpay;

/// <summary>Pays out from the merchant's RazorpayX account, in rupees.</summary>
/// <remarks>
/// Source: https://razorpay.com/docs/api/x/payouts/ and .../payout-composite/. The key keeps a payout from being sent twice; a lost one is
/// looked up by the hub's id, its reference.
/// </remarks>
[Provider("razorpay")]
internal sealed class RazorpayPayouts(ProviderHttp http) : IInitiatePayout, ILookUpPayout
{
    private const string Payouts = "v1/payouts";

    public async Task<Result<PayoutState, ProviderFailure>> InitiatePayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (connection.FindValue("account_number") is not { } account)
            return RazorpayPayoutMapping.NoAccount;
        var body = RazorpayPayoutMapping.ToWire(request, account);
        if (!body.IsSuccess)
            return body.Error;
        using var message = RazorpayMessage.Post(
            Payouts, body.Value, RazorpayJson.Default.RazorpayPayoutRequest, connection,
            (RazorpayMessage.PayoutKey, request.IdempotencyKey));
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<PayoutState, ProviderFailure>> VerifyPayoutAsync(
        PayoutHandle payout, Connection connection, CancellationToken cancellationToken)
    {
        using var message = RazorpayMessage.Get(RazorpayMessage.Path("payouts", payout.ProviderReference), connection);
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<PayoutState?, ProviderFailure>> LookUpPayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (connection.FindValue("account_number") is not { } account)
            return RazorpayPayoutMapping.NoAccount;
        using var message = RazorpayMessage.Get(
            $"{Payouts}?account_number={Uri.EscapeDataString(account)}&reference_id={Uri.EscapeDataString(request.PayoutId)}", connection);
        var read = await http.SendAsync(
            message, RazorpayJson.Default.RazorpayListRazorpayPayout, RazorpayFailures.Classify, cancellationToken);
        return read.Then(list => RazorpayMapping.Found(
            list.Items.FirstOrDefault(payout => payout.ReferenceId == request.PayoutId), RazorpayPayoutMapping.FromPayout));
    }

    private async Task<Result<PayoutState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var payout = await http.SendAsync(message, RazorpayJson.Default.RazorpayPayout, RazorpayFailures.Classify, cancellationToken);
        return payout.Then(RazorpayPayoutMapping.FromPayout);
    }
}
