using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Instructed;

/// <summary>
/// Payments for which the payer is told where to send the money, with a reference of their own; nobody is called. That it came, a person
/// says, or a statement. Refunds and payouts are made by a person, too, outside the hub.
/// </summary>
/// <param name="prefix">Two letters with which references begin.</param>
internal abstract class InstructedPayments(ProviderHttp http, string prefix)
    : IVerifyCredentials, IInitiatePayment, IVerifyPayment, ICancelPayment, IProcessRefund, IInitiatePayout
{
    private const string Until = "expires_at";

    public Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<AccountInfo, ProviderFailure>>(
            Refuse(connection) is { } fault
                ? ProviderFailure.Rejected(FailureCause.Authentication, "invalid_credentials", fault)
                : new AccountInfo(connection.Value(AccountField)));

    public Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var until = (request.AcceptedAt ?? http.Now) + Lifetime(connection);
        var reference = PayerReference.Of(prefix, request.PaymentId);
        return Task.FromResult<Result<PaymentState, ProviderFailure>>(new PaymentState(reference, PaymentStatus.RequiresAction)
        {
            AskAt = until,
            NextAction = new NextAction("instructions")
            {
                Instructions = Instructions(request, connection, new PayerInstructions(
                    reference, [.. Lines(request, connection).Where(line => line.Value.Length > 0)], until)
                {
                    Text = connection.FindValue("instructions"),
                }),
            },
            ProviderData = ProviderData.Of((Until, until.ToString("O", CultureInfo.InvariantCulture))),
        });
    }

    /// <summary>Only the clock is asked.</summary>
    public Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PaymentState, ProviderFailure>>(
            payment.ProviderData.ContainsKey(PayerInstructions.ClaimedAt)
                ? new PaymentState(payment.ProviderReference, PaymentStatus.Processing)
            : payment.ProviderData.TryGetValue(Until, out var text)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var until) && until > http.Now
                ? new PaymentState(payment.ProviderReference, PaymentStatus.RequiresAction) { AskAt = until }
            : new PaymentState(payment.ProviderReference, PaymentStatus.Expired));

    public Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PaymentState, ProviderFailure>>(
            new PaymentState(request.Payment.ProviderReference, PaymentStatus.Canceled));

    /// <summary>A person sends it back.</summary>
    public Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<RefundState, ProviderFailure>>(
            new RefundState(PayerReference.Of(prefix, request.RefundId), RefundStatus.Pending));

    public Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<RefundState, ProviderFailure>>(new RefundState(refund.ProviderReference, RefundStatus.Pending));

    /// <summary>A person sends it.</summary>
    public Task<Result<PayoutState, ProviderFailure>> InitiatePayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PayoutState, ProviderFailure>>(
            new PayoutState(PayerReference.Of(prefix, request.PayoutId), PayoutStatus.Processing));

    public Task<Result<PayoutState, ProviderFailure>> VerifyPayoutAsync(
        PayoutHandle payout, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PayoutState, ProviderFailure>>(new PayoutState(payout.ProviderReference, PayoutStatus.Processing));

    /// <summary>The credential that the account goes by.</summary>
    protected abstract string AccountField { get; }

    /// <summary>How long a payment is waited for.</summary>
    protected abstract TimeSpan Lifetime(Connection connection);

    /// <summary>Where the money goes. Empty values are left out.</summary>
    protected abstract IEnumerable<InstructionLine> Lines(PaymentRequest request, Connection connection);

    /// <summary>The instructions with what only this provider adds.</summary>
    protected virtual PayerInstructions Instructions(PaymentRequest request, Connection connection, PayerInstructions instructions) =>
        instructions;

    /// <summary>What is wrong with the credentials beyond their schema; null when nothing is. The provider was not asked.</summary>
    protected virtual string? Refuse(Connection connection) => null;

    /// <summary>A whole number of a credential.</summary>
    protected static int Number(Connection connection, string field, int otherwise) =>
        int.TryParse(connection.FindValue(field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
