using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>Pays out from the account's Stripe balance, to a bank account or a debit card that is entered at Stripe for it.</summary>
/// <remarks>
/// Source: https://docs.stripe.com/api/payouts. Where <c>account_id</c> is entered it is that connected account's balance, and its bank.
/// </remarks>
[Provider("stripe")]
internal sealed class StripePayouts(ProviderHttp http) : IInitiatePayout, ILookUpPayout
{
    private const string Path = "v1/payouts";

    public async Task<Result<PayoutState, ProviderFailure>> InitiatePayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (StripePayoutMapping.AccountOf(request.Destination) is not { } destination)
            return StripePayoutFailures.NotADestination;
        if (!StripeAmounts.TryToPayout(request.Amount, out var amount))
            return StripePayoutFailures.NotRepresentable(request.Amount);
        using var message = StripeMessage.Post(
            Path, StripeForms.Payout(request, amount, destination), request.IdempotencyKey, connection);
        return await SendAsync(message, cancellationToken);
    }

    public async Task<Result<PayoutState, ProviderFailure>> VerifyPayoutAsync(
        PayoutHandle payout, Connection connection, CancellationToken cancellationToken)
    {
        using var message = StripeMessage.Get($"{Path}/{Uri.EscapeDataString(payout.ProviderReference)}", connection);
        return await SendAsync(message, cancellationToken);
    }

    /// <inheritdoc cref="StripePayments.LookUpPaymentAsync"/>
    public Task<Result<PayoutState?, ProviderFailure>> LookUpPayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken) =>
        http.LookUpAsync(
            $"{Path}?created[gte]={StripeLists.Since(request.AcceptedAt)}", StripeJson.Default.StripeListStripePayout,
            payout => payout.Metadata?.GetValueOrDefault(StripeForms.Reference) == request.PayoutId, StripePayoutMapping.FromPayout,
            connection, cancellationToken);

    private async Task<Result<PayoutState, ProviderFailure>> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var reply = await http.SendAsync(message, StripeJson.Default.StripePayout, StripePayoutFailures.Classify, cancellationToken);
        return reply.Then(StripePayoutMapping.FromPayout);
    }
}
