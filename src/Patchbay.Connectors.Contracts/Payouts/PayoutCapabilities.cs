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

/// <summary>
/// Capability <c>complete_payout</c>: for providers at which the receiver says where the money goes, and it leaves when the hub says so;
/// see <see cref="PayoutState.ToBeCompleted"/>.
/// </summary>
[Capability("complete_payout")]
public interface ICompletePayout
{
    /// <summary>Lets the money leave. What was completed before is told as it stands.</summary>
    Task<Result<PayoutState, ProviderFailure>> CompletePayoutAsync(
        CompletePayoutRequest request, Connection connection, CancellationToken cancellationToken);
}

/// <summary>As <see cref="ILookUpPayment"/>, for payouts.</summary>
public interface ILookUpPayout
{
    /// <summary>Null when the provider is certain not to have it; then it may be sent again.</summary>
    Task<Result<PayoutState?, ProviderFailure>> LookUpPayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken);
}
