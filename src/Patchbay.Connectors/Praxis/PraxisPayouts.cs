using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Praxis;

/// <summary>
/// Pays out in two steps: the receiver says in the cashier where the money goes, which makes a withdrawal request, and that is completed.
/// </summary>
/// <remarks>
/// Source: https://doc.praxiscashier.com/integration_docs/latest/agent_api/manage_withdrawal_request. A request that was completed is not
/// <c>requested</c> any more, so that one whose answer was lost is not completed twice: the order is read first.
/// </remarks>
[Provider("praxis")]
internal sealed class PraxisPayouts(ProviderHttp http) : IInitiatePayout, ILookUpPayout, ICompletePayout
{
    public async Task<Result<PayoutState, ProviderFailure>> InitiatePayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (request.Destination.Type != PayoutMethod.Cashier)
            return PraxisFailures.NoDestination;
        var opened = await http.SendAsync(
            "cashier/cashier", PraxisOrders.Withdrawal(request, connection, http.Now), PraxisJson.Default.PraxisCashierOrder, connection,
            cancellationToken);
        return opened.Then(answer => PraxisPayoutMapping.FromOrder(answer, request.PayoutId)).Map(state => state with
        {
            NextAction = opened.Value is { RedirectUrl: { } page, Session: { } session }
                ? PraxisCheckout.Of(connection.Mode).NextAction(page, session.AuthToken) : null,
        });
    }

    public Task<Result<PayoutState?, ProviderFailure>> LookUpPayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken) => http.LookUpAsync(
        request.PayoutId, answer => PraxisPayoutMapping.FromOrder(answer, request.PayoutId), connection, cancellationToken);

    public async Task<Result<PayoutState, ProviderFailure>> VerifyPayoutAsync(
        PayoutHandle payout, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindOrderAsync(payout.PayoutId, connection, cancellationToken);
        return found.Then(answer => PraxisPayoutMapping.FromOrder(answer, payout.PayoutId));
    }

    public async Task<Result<PayoutState, ProviderFailure>> CompletePayoutAsync(
        CompletePayoutRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.FindOrderAsync(request.Payout.PayoutId, connection, cancellationToken);
        if (!found.IsSuccess)
            return found.Error.BeforeActing();
        var state = PraxisPayoutMapping.FromOrder(found.Value, request.Payout.PayoutId);
        if (state is not { IsSuccess: true, Value.ToBeCompleted: true })
            return state;
        var wanted = PraxisPayoutMapping.Requested(found.Value)!;
        if (wanted.Amount != request.Amount.MinorUnits || wanted.Currency != request.Amount.Currency.Code)
            return PraxisFailures.AmountDiffers(request.Amount);
        var completed = await http.SendAsync(
            "agent/manage-withdrawal-request", PraxisOrders.Complete(wanted.Tid, connection, http.Now),
            PraxisJson.Default.PraxisWithdrawalOrder, connection, cancellationToken);
        return completed.Map(_ => state.Value with { ToBeCompleted = false });   // what becomes of it is told later
    }
}
