using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Razorpay;

/// <summary>Gives captured money back, in part or in full, to the bank in some days: pending may come first.</summary>
/// <remarks>Source: https://razorpay.com/docs/api/refunds/.</remarks>
[Provider("razorpay")]
internal sealed class RazorpayRefunds(ProviderHttp http) : IProcessRefund, ILookUpRefund
{
    private const int PageSize = 100;

    /// <summary>A payment of more refunds is left to a person.</summary>
    private const int MaxPages = 30;

    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (RazorpayAmounts.ToWire(request.Amount) is not { } amount)
            return RazorpayFailures.NotRepresentable(request.Amount);
        var payment = await http.FindPaymentAsync(request.Payment, connection, cancellationToken);
        if (!payment.IsSuccess)
            return payment.Error;
        using var message = RazorpayMessage.Post(
            RazorpayMessage.Path("payments", payment.Value, "/refund"), RazorpayRequests.Refund(request, amount),
            RazorpayJson.Default.RazorpayRefundRequest, connection, (RazorpayMessage.RefundKey, request.IdempotencyKey));
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken)
    {
        var payment = await http.FindPaymentAsync(refund.Payment, connection, cancellationToken);
        if (!payment.IsSuccess)
            return payment.Error;
        using var message = RazorpayMessage.Get(
            RazorpayMessage.Path("payments", payment.Value, "/refunds/" + Uri.EscapeDataString(refund.ProviderReference)), connection);
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var payment = await http.FindPaymentAsync(request.Payment, connection, cancellationToken);
        if (!payment.IsSuccess)
            return payment.Error;
        for (var page = 0; page < MaxPages; page++)
        {
            using var message = RazorpayMessage.Get(
                RazorpayMessage.Path("payments", payment.Value, $"/refunds?count={PageSize}&skip={page * PageSize}"), connection);
            var read = await http.SendAsync(
                message, RazorpayJson.Default.RazorpayListRazorpayRefund, RazorpayFailures.Classify, cancellationToken);
            if (!read.IsSuccess)
                return read.Error;
            var found = read.Value.Items.FirstOrDefault(refund => refund.Receipt == request.RefundId);
            if (found is not null || read.Value.Items.Count < PageSize)
                return RazorpayMapping.Found(found, RazorpayMapping.FromRefund);
        }

        return new ProviderFailure(
            FailureOutcome.Transient, FailureCause.Provider, "too_many_to_look_up",
            $"{MaxPages} pages of refunds of {payment.Value} did not have it, and there are more.");
    }

    private async Task<Result<RefundState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var refund = await http.SendAsync(message, RazorpayJson.Default.RazorpayRefund, RazorpayFailures.Classify, cancellationToken);
        return refund.Then(RazorpayMapping.FromRefund);
    }
}
