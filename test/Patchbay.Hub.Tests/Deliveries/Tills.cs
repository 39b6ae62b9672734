using Patchbay.Connectors.Contracts;

namespace Patchbay.Hub.Tests.Deliveries;

/// <summary>A payment provider that behaves, or misbehaves, as its drawer feels.</summary>
internal abstract class DrawerConnector
    : IVerifyCredentials, IInitiatePayment, IVerifyPayment, ICapturePayment, ICancelPayment, IProcessRefund
{
    public Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<AccountInfo, ProviderFailure>>(new AccountInfo(DrawerOf(connection).Name));

    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var drawer = DrawerOf(connection);
        if (request.Capture == CaptureMethod.Manual)
            drawer.Reserved[request.PaymentId] = true;
        return Failure(await drawer.AskAsync(request.PaymentId, cancellationToken), connection) is { } failure
            ? failure : StateOf(drawer, request.PaymentId);
    }

    public Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        var drawer = DrawerOf(connection);
        return Task.FromResult<Result<PaymentState, ProviderFailure>>(
            Failure(drawer.MoodWhenAsked(), connection) is { } failure ? failure : StateOf(drawer, payment.PaymentId));
    }

    public Task<Result<PaymentState, ProviderFailure>> CapturePaymentAsync(
        CaptureRequest request, Connection connection, CancellationToken cancellationToken) =>
        CloseAsync("capture:", request.Payment, connection, cancellationToken);

    public Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken) =>
        CloseAsync("cancel:", request.Payment, connection, cancellationToken);

    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken) =>
        Failure(await DrawerOf(connection).AskAsync(request.RefundId, cancellationToken), connection) is { } failure
            ? failure : Refunded(request.RefundId);

    public Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<RefundState, ProviderFailure>>(Refunded(refund.RefundId));

    protected static Drawer DrawerOf(Connection connection) => Drawer.Named(connection.Value("drawer"));

    protected static PaymentState Paid(string id) => new("slip-" + id, PaymentStatus.Succeeded);

    protected static RefundState Refunded(string id) => new("slip-" + id, RefundStatus.Succeeded);

    private static async Task<Result<PaymentState, ProviderFailure>> CloseAsync(
        string verb, PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        var drawer = DrawerOf(connection);
        return Failure(await drawer.AskAsync(verb + payment.PaymentId, cancellationToken), connection) is { } failure
            ? failure : StateOf(drawer, payment.PaymentId);
    }

    private static PaymentState StateOf(Drawer drawer, string id) => Paid(id) with
    {
        Status = drawer.Done.Contains("cancel:" + id) ? PaymentStatus.Canceled
            : drawer.Reserved.ContainsKey(id) && !drawer.Done.Contains("capture:" + id) ? PaymentStatus.Authorized
            : PaymentStatus.Succeeded,
    };

    private static ProviderFailure? Failure(Mood mood, Connection connection) => mood switch
    {
        Mood.TimesOutAfterWork or Mood.TimesOutBeforeWork => new(FailureOutcome.Unknown, FailureCause.Provider, "timeout", "No answer."),
        Mood.ServerError => new(FailureOutcome.Transient, FailureCause.Provider, "http_500", "Out of order.") { HttpStatus = 500 },
        Mood.Unreachable => new(
            FailureOutcome.Transient, FailureCause.Provider, "connect_failed", "Nobody there.") { NothingHappened = true },
        Mood.Refuses => ProviderFailure.Rejected(
            FailureCause.Request, "no", $"Not today: 4111 1111 1111 1111, {connection.Secret("pin").Reveal()}."),
        Mood.RefusesOddly => ProviderFailure.Rejected(FailureCause.Recipient, "E-777", "The bird is away.") with { IsUnmapped = true },
        _ => null,
    };
}

[Provider("till")]
internal sealed class Till : DrawerConnector;

/// <summary>One that remembers what it did.</summary>
[Provider("abacus")]
internal sealed class Abacus : DrawerConnector, ILookUpPayment, ILookUpRefund
{
    public Task<Result<PaymentState?, ProviderFailure>> LookUpPaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PaymentState?, ProviderFailure>>(
            DrawerOf(connection).Done.Contains(request.PaymentId) ? Paid(request.PaymentId) : null);

    public Task<Result<RefundState?, ProviderFailure>> LookUpRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<RefundState?, ProviderFailure>>(
            DrawerOf(connection).Done.Contains(request.RefundId) ? Refunded(request.RefundId) : null);
}
