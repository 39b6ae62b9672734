using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Cashfree;

/// <summary>Checks the keys by asking for what cannot be there: keys that work are told so, with a 404.</summary>
[Provider("cashfree")]
internal sealed class CashfreeCredentials(ProviderHttp http) : IVerifyCredentials
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken)
    {
        var nothing = "verify_" + connection.IntegrationId;
        using var order = CashfreeMessage.Get(CashfreeMessage.Order(nothing), connection);
        var payments = await AskAsync(order, CashfreeFailures.Classify, connection, cancellationToken);
        if (!payments.IsSuccess || !CashfreePayouts.HasKeys(connection))
            return payments;
        using var transfer = CashfreeMessage.Payouts(HttpMethod.Get, "transfers?transfer_id=" + nothing, connection);
        return await AskAsync(transfer, CashfreeFailures.ClassifyPayout, connection, cancellationToken);
    }

    private async Task<Result<AccountInfo, ProviderFailure>> AskAsync(
        HttpRequestMessage message, Func<ProviderReply, ProviderFailure> classify, Connection connection,
        CancellationToken cancellationToken)
    {
        var reply = await http.SendAsync(message, classify, cancellationToken);
        return reply.Error is { } error && !CashfreeFailures.IsNotThere(error) ? error : new AccountInfo(connection.Value("client_id"));
    }
}
