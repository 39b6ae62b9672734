namespace Patchbay.Connectors.Contracts;

/// <summary>Capability <c>initiate_payout</c>.</summary>
[Capability("initiate_payout")]
public interface IInitiatePayout
{
    /// <summary>Sends money. Success never means that it arrived unless the state says so.</summary>
    Task<Result<PayoutState, ProviderFailure>> InitiatePayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken);

    /// <summary>Reads how a payout stands; changes nothing.</summary>
    Task<Result<PayoutState, ProviderFailure>> VerifyPayoutAsync(
        PayoutHandle payout, Connection connection, CancellationToken cancellationToken);
}

/// <summary>As <see cref="ILookUpPayment"/>, for payouts.</summary>
public interface ILookUpPayout
{
    /// <summary>Null when the provider is certain not to have it; then it may be sent again.</summary>
    Task<Result<PayoutState?, ProviderFailure>> LookUpPayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken);
}
