using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>
/// Takes card payments on PowerTranz's hosted page, in a frame, with 3-D Secure: the customer only proves who they are, then the hub
/// completes the payment within five minutes, and only then money moves.
/// </summary>
/// <remarks>Source: https://developer.powertranz.com/docs/spi-3ds-hpp-1.</remarks>
[Provider("powertranz")]
internal sealed class PowerTranzPayments(ProviderHttp http)
    : IInitiatePayment, IVerifyPayment, ICompletePayment, ICapturePayment, ICancelPayment, ILookUpPayment
{
    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (PowerTranzAmounts.NumberOf(request.Amount.Currency) is not { } currency
            || request.Amount.Currency.Code != connection.Value("currency"))
            return PowerTranzFailures.OtherCurrency(request.Amount, connection.Value("currency"));
        if (request.Customer is not { Email.Length: > 0 } and not { Phone.Length: > 0 })
            return PowerTranzFailures.NoContact;
        var transaction = PowerTranzRequests.NewTransaction(request.IdempotencyKey, http.Now);
        using var message = PowerTranzMessage.Post(
            request.Capture == CaptureMethod.Manual ? "spi/auth" : "spi/sale",
            PowerTranzRequests.Sale(request, currency, transaction, connection), PowerTranzJson.Default.PowerTranzSale, connection);
        var opened = await SendAsync(message, cancellationToken);
        return opened.Then(told => PowerTranzMapping.FromOpened(told, transaction, request.Capture, http.Now));
    }

    /// <summary>
    /// A page whose answer was lost was shown to nobody, and may be opened again; one that somebody came through was shown all the same.
    /// </summary>
    public async Task<Result<PaymentState?, ProviderFailure>> LookUpPaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var listed = await http.ListAsync(request.PaymentId, connection, cancellationToken);
        if (!listed.IsSuccess)
            return listed.Error;
        var used = listed.Value.FirstOrDefault(one => one.IsoResponseCode is not ("SP4" or "HP0"));
        if (used?.TransactionIdentifier is not { } transaction)
            return new((PaymentState?)null);
        var handle = new PaymentHandle(
            request.PaymentId, transaction, PowerTranzMapping.DataOf(request.Capture, http.Now), request.Amount);
        return PowerTranzMapping.FromFound(used, handle, transaction, http.Now)
            .Map(state => (PaymentState?)(state with { ProviderData = handle.ProviderData }));
    }

    public async Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        var transaction = PowerTranzMapping.TransactionOf(payment);
        var found = await http.FindAsync(transaction, connection, cancellationToken);
        var state = found.Then(told => PowerTranzMapping.FromFound(told, payment, transaction, http.Now));
        return state is { IsSuccess: true, Value.Status: PaymentStatus.Authorized }
            ? await ClosedAsync(state.Value, payment, connection, cancellationToken) : state;
    }

    public async Task<Result<PaymentState, ProviderFailure>> CompletePaymentAsync(
        CompleteRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (PowerTranzAgreement.Of(request.Payment) is not { } agreed)
            return PowerTranzFailures.NotAgreed(request.Payment.PaymentId);
        if (!agreed.MayBeUsed(http.Now))
            return (await VerifyPaymentAsync(request.Payment, connection, cancellationToken)).Map(Late);
        http.Hide(new Secret(agreed.Token));
        using var message = PowerTranzMessage.Complete(agreed.Token, connection);
        var answer = await SendAsync(message, cancellationToken);
        if (answer is { IsSuccess: true, Value.IsoResponseCode: PowerTranzMapping.PartlyApproved })
            return await GiveBackAsync(answer.Value, agreed, request.Payment, connection, cancellationToken);
        if (answer.IsSuccess && PowerTranzMapping.FromApproved(
            answer.Value, request.Payment, agreed.Transaction, request.Capture == CaptureMethod.Manual) is { } approved)
            return approved;
        var refusal = answer.Error ?? PowerTranzFailures.Of(answer.Value);
        return refusal.Outcome == FailureOutcome.Rejected
            ? await RefusedAsync(refusal, agreed, request.Payment, connection, cancellationToken) : refusal;
    }

    public async Task<Result<PaymentState, ProviderFailure>> CapturePaymentAsync(
        CaptureRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var (payment, transaction) = (request.Payment, PowerTranzMapping.TransactionOf(request.Payment));
        if (PowerTranzAmounts.NumberOf(request.Amount.Currency) is not { } currency)
            return PowerTranzFailures.OtherCurrency(request.Amount, connection.Value("currency"));
        using var message = PowerTranzMessage.Post(
            "capture",
            new PowerTranzCapture(
                transaction, PowerTranzAmounts.ToWire(request.Amount), currency, PowerTranzRequests.CaptureOf(payment.PaymentId)),
            PowerTranzJson.Default.PowerTranzCapture, connection);
        var answer = await SendAsync(message, cancellationToken);
        var asked = payment with { Amount = request.Amount };
        return answer.Then(told =>
            PowerTranzMapping.FromApproved(told, asked, transaction, reserves: false) ?? PowerTranzFailures.Of(told));
    }

    /// <summary>What was not completed is canceled when the hub never completes it, which it does not once it is canceled there.</summary>
    public async Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var (payment, transaction) = (request.Payment, PowerTranzMapping.TransactionOf(request.Payment));
        var canceled = new PaymentState(transaction, PaymentStatus.Canceled);
        var stands = await VerifyPaymentAsync(payment, connection, cancellationToken);
        if (!stands.IsSuccess)
            return stands.Error.BeforeActing();
        if (stands.Value.Status != PaymentStatus.Authorized)
            return IsOpen(stands.Value) ? canceled : stands;
        var voided = await VoidAsync(transaction, payment, connection, cancellationToken);
        return voided.Then(told => told is { IsoResponseCode: PowerTranzMapping.Approved, Approved: not false }
            ? canceled : new Result<PaymentState, ProviderFailure>(PowerTranzFailures.Of(told)));
    }

    /// <summary>A transaction that was completed before is refused, too: only asking tells.</summary>
    private async Task<Result<PaymentState, ProviderFailure>> RefusedAsync(
        ProviderFailure refusal, PowerTranzAgreement agreed, PaymentHandle payment, Connection connection,
        CancellationToken cancellationToken)
    {
        var stands = await VerifyPaymentAsync(payment, connection, cancellationToken);
        if (!stands.IsSuccess || !IsOpen(stands.Value) && stands.Value.Status != PaymentStatus.Expired)
            return stands;
        return refusal.Cause is FailureCause.Recipient or FailureCause.Request
            ? PowerTranzMapping.Failed(agreed.Transaction, refusal.Code, refusal.Message) : refusal;
    }

    private async Task<Result<PaymentState, ProviderFailure>> GiveBackAsync(
        PowerTranzTransaction part, PowerTranzAgreement agreed, PaymentHandle payment, Connection connection,
        CancellationToken cancellationToken)
    {
        var voided = await VoidAsync(agreed.Transaction, payment, connection, cancellationToken);
        return voided is { IsSuccess: true, Value: { IsoResponseCode: PowerTranzMapping.Approved, Approved: not false } }
            ? PowerTranzMapping.Failed(
                agreed.Transaction, PowerTranzMapping.PartlyApproved)
            : PowerTranzFailures.PartlyApproved(part);
    }

    /// <summary>Whether what was reserved has been captured or given up.</summary>
    private async Task<Result<PaymentState, ProviderFailure>> ClosedAsync(
        PaymentState reserved, PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        var listed = await http.ListAsync(payment.PaymentId, connection, cancellationToken);
        if (!listed.IsSuccess)
            return listed.Error;
        var transaction = reserved.ProviderReference;
        var captured = listed.Value.Named(PowerTranzRequests.CaptureOf(payment.PaymentId), transaction, payment.PaymentId);
        if (captured is { IsSuccess: true, Value.IsoResponseCode: PowerTranzMapping.Approved })
        {
            return PowerTranzAmounts.FromWire(captured.Value!) is { } amount
                ? new PaymentState(transaction, PaymentStatus.Succeeded) { Captured = amount }
                : ProviderFailure.Unreadable($"PowerTranz answered an amount of {transaction} that is none.");
        }

        var voided = listed.Value.Named(PowerTranzRequests.VoidOf(payment.PaymentId), transaction, payment.PaymentId);
        return !captured.IsSuccess ? captured.Error
            : voided is { IsSuccess: true, Value.IsoResponseCode: PowerTranzMapping.Approved }
                ? new PaymentState(transaction, PaymentStatus.Canceled) : reserved;
    }

    private async Task<Result<PowerTranzTransaction, ProviderFailure>> VoidAsync(
        string transaction, PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        using var message = PowerTranzMessage.Post(
            "void", new PowerTranzVoid(transaction, PowerTranzRequests.VoidOf(payment.PaymentId)), PowerTranzJson.Default.PowerTranzVoid,
            connection);
        return await SendAsync(message, cancellationToken);
    }

    /// <summary>The token has ended: what is still open stays unpaid.</summary>
    private static PaymentState Late(PaymentState state) => IsOpen(state) ? state with { Status = PaymentStatus.Expired } : state;

    private static bool IsOpen(PaymentState state) => state.Status is PaymentStatus.RequiresAction or PaymentStatus.Pending;

    private Task<Result<PowerTranzTransaction, ProviderFailure>> SendAsync(
        HttpRequestMessage message, CancellationToken cancellationToken) =>
        http.SendAsync(message, PowerTranzJson.Default.PowerTranzTransaction, PowerTranzFailures.Classify, cancellationToken);
}
