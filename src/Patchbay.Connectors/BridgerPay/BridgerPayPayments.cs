using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>Opens a session of the cashier under the hub's id. BridgerPay does not refuse a second one of the same order.</summary>
/// <remarks>Source: https://docs.bridgerpay.com (API v2, create session and statuses).</remarks>
[Provider("bridgerpay")]
internal sealed class BridgerPayPayments(ProviderHttp http) : IInitiatePayment, ILookUpPayment, IVerifyPayment
{
    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (connection.CountryOr(request.Country) is not { } country)
            return BridgerPayFailures.NoCountry;
        var opened = await http.AskAsync(
            BridgerPayMessage.Post(
                $"v2/cashier/session/create/{connection.Key()}", BridgerPayOrders.Session(request, country, connection),
                BridgerPayJson.Default.BridgerPaySessionOrder),
            BridgerPayJson.Default.BridgerPaySession, cancellationToken);
        return opened.Map(session => new PaymentState(request.PaymentId, PaymentStatus.RequiresAction)
        {
            NextAction = BridgerPayCheckout.Of(connection.Credentials).NextAction(null, session.CashierToken),
        });
    }

    /// <summary>A session whose opening was lost is opened again: nobody has its token, so nobody can pay in it.</summary>
    public async Task<Result<PaymentState?, ProviderFailure>> LookUpPaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindDepositAsync(request.PaymentId, connection, cancellationToken);
        if (found is { IsSuccess: true, Value: null })
            return (PaymentState?)null;
        return found.Then(deposit => BridgerPayMapping.FromDeposit(deposit, request.PaymentId, request.Amount, isClosed: false))
            .Map(state => (PaymentState?)state);
    }

    public async Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindDepositAsync(payment.PaymentId, connection, cancellationToken);
        return found.Then(deposit => BridgerPayMapping.FromDeposit(
            deposit, payment.PaymentId, payment.Amount, BridgerPayMapping.IsClosed(payment.ProviderData)));
    }
}
