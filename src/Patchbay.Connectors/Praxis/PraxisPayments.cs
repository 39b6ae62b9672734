using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Praxis;

/// <summary>Opens the cashier for a deposit. It lives for 15 minutes, or until a transaction is approved.</summary>
/// <remarks>Source: https://doc.praxiscashier.com/integration_docs/latest/cashier_api/cashier.</remarks>
[Provider("praxis")]
internal sealed class PraxisPayments(ProviderHttp http) : IInitiatePayment, ILookUpPayment, IVerifyPayment
{
    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var opened = await http.SendAsync(
            "cashier/cashier", PraxisOrders.Deposit(request, connection, http.Now), PraxisJson.Default.PraxisCashierOrder, connection,
            cancellationToken);
        return opened.Then(answer => PraxisMapping.FromOrder(answer, request.PaymentId)).Map(state => state with
        {
            NextAction = opened.Value is { RedirectUrl: { } page, Session: { } session }
                ? PraxisCheckout.Of(connection.Mode).NextAction(page, session.AuthToken) : null,
        });
    }

    public Task<Result<PaymentState?, ProviderFailure>> LookUpPaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken) => http.LookUpAsync(
        request.PaymentId, answer => PraxisMapping.FromOrder(answer, request.PaymentId), connection, cancellationToken);

    public async Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindOrderAsync(payment.PaymentId, connection, cancellationToken);
        return found.Then(answer => PraxisMapping.FromOrder(answer, payment.PaymentId));
    }
}
