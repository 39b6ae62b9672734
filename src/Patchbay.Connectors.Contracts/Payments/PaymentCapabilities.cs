namespace Patchbay.Connectors.Contracts;

/// <summary>Capability <c>initiate_payment</c>.</summary>
[Capability("initiate_payment")]
public interface IInitiatePayment
{
    /// <summary>Starts a payment. Success never means that money moved unless the state says so.</summary>
    Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken);
}

/// <summary>Capability <c>verify_payment</c>: reads, changes nothing.</summary>
[Capability("verify_payment")]
public interface IVerifyPayment
{
    Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken);
}

/// <summary>
/// Capability <c>complete_payment</c>: for providers at which the customer only agrees, and the money moves when the hub says so; see
/// <see cref="PaymentState.ToBeCompleted"/>.
/// </summary>
[Capability("complete_payment")]
public interface ICompletePayment
{
    /// <summary>
    /// Charges, or reserves, what the customer has agreed to. What was completed before is told as it stands. A decline, after which the
    /// customer may agree again, is a failure whose cause is <see cref="FailureCause.Recipient"/>.
    /// </summary>
    Task<Result<PaymentState, ProviderFailure>> CompletePaymentAsync(
        CompleteRequest request, Connection connection, CancellationToken cancellationToken);
}

/// <summary>Capability <c>capture_payment</c>.</summary>
[Capability("capture_payment")]
public interface ICapturePayment
{
    Task<Result<PaymentState, ProviderFailure>> CapturePaymentAsync(
        CaptureRequest request, Connection connection, CancellationToken cancellationToken);
}

/// <summary>Capability <c>cancel_payment</c>.</summary>
[Capability("cancel_payment")]
public interface ICancelPayment
{
    Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken);
}

/// <summary>Capability <c>process_refund</c>.</summary>
[Capability("process_refund")]
public interface IProcessRefund
{
    Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken);

    /// <summary>Reads how a refund ended; changes nothing.</summary>
    Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken);
}

/// <summary>
/// For providers whose manifest says <c>idempotency: reference</c>: finds out whether an operation whose answer was lost was carried out.
/// </summary>
public interface ILookUpPayment
{
    /// <summary>Null when the provider is certain not to have it; then it may be sent again.</summary>
    Task<Result<PaymentState?, ProviderFailure>> LookUpPaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken);
}

/// <summary>As <see cref="ILookUpPayment"/>, for refunds.</summary>
public interface ILookUpRefund
{
    /// <summary>Null when the provider is certain not to have it; then it may be sent again.</summary>
    Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken);
}
