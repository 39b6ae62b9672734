using System.Net.Http.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Cashfree;

/// <summary>
/// Pays out from the merchant's account at Cashfree Payouts, in rupees. A transfer is named by the hub's id, which is taken once.
/// </summary>
/// <remarks>Source: https://www.cashfree.com/docs/api-reference/payouts/v2/transfers-v2/.</remarks>
[Provider("cashfree")]
internal sealed class CashfreePayouts(ProviderHttp http) : IInitiatePayout, ILookUpPayout
{
    public async Task<Result<PayoutState, ProviderFailure>> InitiatePayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (!HasKeys(connection))
            return CashfreeFailures.NoPayouts;
        var transfer = CashfreeTransfers.ToWire(request, connection.FindValue("payout_fundsource_id"));
        if (!transfer.IsSuccess)
            return transfer.Error;
        using var message = CashfreeMessage.Payouts(HttpMethod.Post, "transfers", connection);
        message.Content = JsonContent.Create(transfer.Value, CashfreeJson.Default.CashfreeTransferRequest);
        var sent = await SendAsync(message, cancellationToken);
        if (sent.Error is not { } error || !CashfreeFailures.IsTaken(error))
            return sent;
        // An earlier call made it, whose answer was lost. As long as it cannot be read it stays in doubt.
        var read = await ReadAsync(request.PayoutId, connection, cancellationToken);
        return read.IsSuccess ? read : error;
    }

    public async Task<Result<PayoutState, ProviderFailure>> VerifyPayoutAsync(
        PayoutHandle payout, Connection connection, CancellationToken cancellationToken)
    {
        if (!HasKeys(connection))
            return CashfreeFailures.NoPayouts;
        var read = await ReadAsync(payout.ProviderReference, connection, cancellationToken);
        return read.Error is { } error && CashfreeFailures.IsNotThere(error)
            ? new PayoutState(payout.ProviderReference, PayoutStatus.NotReceived) : read;
    }

    public async Task<Result<PayoutState?, ProviderFailure>> LookUpPayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken)
    {
        return HasKeys(connection)
            ? CashfreeFailures.OrNothing(await ReadAsync(request.PayoutId, connection, cancellationToken)) : CashfreeFailures.NoPayouts;
    }

    public static bool HasKeys(Connection connection) =>
        connection.FindValue("payout_client_id") is not null && connection.FindSecret("payout_client_secret") is not null;

    private async Task<Result<PayoutState, ProviderFailure>> ReadAsync(
        string transfer, Connection connection, CancellationToken cancellationToken)
    {
        using var message = CashfreeMessage.Payouts(
            HttpMethod.Get, "transfers?transfer_id=" + Uri.EscapeDataString(transfer), connection);
        return await SendAsync(message, cancellationToken);
    }

    private async Task<Result<PayoutState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var transfer = await http.SendAsync(
            message, CashfreeJson.Default.CashfreeTransfer, CashfreeFailures.ClassifyPayout, cancellationToken);
        return transfer.Then(CashfreeTransfers.FromTransfer);
    }
}
