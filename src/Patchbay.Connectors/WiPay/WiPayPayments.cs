using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WiPay;

/// <summary>Takes card payments on WiPay's hosted page. A page whose answer was lost was shown to nobody, and is opened again.</summary>
/// <remarks>Source: https://docs.wipayfinancial.com (Payments API 1.0.11).</remarks>
[Provider("wipay")]
internal sealed class WiPayPayments(ProviderHttp http) : IInitiatePayment, IVerifyPayment, ILookUpPayment
{
    private const int LongestEmail = 50;

    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (request.Amount.Currency.Code != connection.Value("currency"))
            return WiPayFailures.OtherCurrency(request.Amount, connection.Value("currency"));
        if (request.Customer?.Email is not { Length: > 0 and <= LongestEmail })
            return WiPayFailures.NoEmail;
        if (WiPayHash.ApiKeys(connection).FirstOrDefault() is not { } key)
            return WiPayFailures.NoApiKey;
        using var message = WiPayMessage.Open(request, key, connection);
        if (message is null)
            return WiPayFailures.TooLong;
        var opened = await http.SendAsync(message, WiPayJson.Default.WiPayOpened, WiPayFailures.Classify, cancellationToken);
        return opened.Then(told => WiPayMapping.FromOpened(told, http.Now));
    }

    public async Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindAsync(payment.ProviderReference, connection, cancellationToken);
        return found.Then(told =>
            WiPayMapping.FromFound(told, payment.ProviderReference, payment.Amount, payment.ProviderData, http.Now));
    }

    /// <summary>Where WiPay can be asked, it is, in case somebody has paid all the same.</summary>
    public async Task<Result<PaymentState?, ProviderFailure>> LookUpPaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (connection.FindSecret(WiPayMessage.WapiKey) is null)
            return new((PaymentState?)null);
        var listed = await http.ListAsync(connection, cancellationToken);
        if (!listed.IsSuccess)
            return listed.Error;
        var paid = listed.Value.FirstOrDefault(one => one.OrderId == request.PaymentId && one.Status == "success");
        return paid?.TransactionId is not { } transaction
            ? new((PaymentState?)null)
            : WiPayMapping.FromFound(paid, transaction, request.Amount, ProviderData.Of(), http.Now).Map(state => (PaymentState?)state);
    }
}
