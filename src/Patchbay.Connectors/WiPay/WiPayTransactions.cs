using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.WiPay;

/// <summary>Asks WAPI what WiPay has.</summary>
/// <remarks>Source: https://docs.wipayfinancial.com (WAPI 2.0.2, transactions).</remarks>
internal static class WiPayTransactions
{
    private const int Newest = 15;

    public static async Task<Result<WiPayTransaction, ProviderFailure>> FindAsync(
        this ProviderHttp http, string transaction, Connection connection, CancellationToken cancellationToken)
    {
        using var message = WiPayMessage.Wapi(HttpMethod.Get, "transactions/" + Uri.EscapeDataString(transaction), connection);
        if (message is null)
            return WiPayFailures.NoWapi;
        var answer = await http.SendAsync(message, WiPayJson.Default.WiPayAnswer, WiPayFailures.Classify, cancellationToken);
        return answer.Then(told => told.Data is { } found
            ? found : new Result<WiPayTransaction, ProviderFailure>(ProviderFailure.Unreadable("WiPay answered without a transaction.")));
    }

    /// <summary>The newest, which a lost request would be among.</summary>
    public static async Task<Result<IReadOnlyList<WiPayTransaction>, ProviderFailure>> ListAsync(
        this ProviderHttp http, Connection connection, CancellationToken cancellationToken, int count = Newest)
    {
        using var message = WiPayMessage.Wapi(
            HttpMethod.Get, $"transactions?environment={WiPayMessage.Environment(connection)}&page_size={count}", connection);
        if (message is null)
            return WiPayFailures.NoWapi;
        var answer = await http.SendAsync(message, WiPayJson.Default.WiPayList, WiPayFailures.Classify, cancellationToken);
        return answer.Map(told => told.Data ?? []);
    }
}
