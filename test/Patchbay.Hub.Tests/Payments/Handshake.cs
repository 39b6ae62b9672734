using System.Collections.Concurrent;
using System.Text.Json;
using Patchbay.Connectors.Contracts;
using Patchbay.Hub.Tests.Deliveries;

namespace Patchbay.Hub.Tests.Payments;

/// <summary>A provider whose customers only agree, and which moves money when it is told to; as its drawer feels.</summary>
[Provider("handshake")]
internal sealed class Handshake : IVerifyCredentials, IInitiatePayment, IVerifyPayment, ICompletePayment, ICapturePayment, ICancelPayment
{
    /// <summary>Ids of payments whose customers have agreed, until they are declined.</summary>
    public static ConcurrentDictionary<string, bool> Agreed { get; } = new();

    public static string Completion(string payment) => "complete:" + payment;

    public Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<AccountInfo, ProviderFailure>>(new AccountInfo(DrawerOf(connection).Name));

    public Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken) =>
        DoAsync(request.PaymentId, request.PaymentId, connection, cancellationToken);

    public Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken) =>
        Task.FromResult<Result<PaymentState, ProviderFailure>>(StateOf(DrawerOf(connection), payment.PaymentId));

    public Task<Result<PaymentState, ProviderFailure>> CompletePaymentAsync(
        CompleteRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (request.Capture == CaptureMethod.Manual)
            DrawerOf(connection).Reserved[request.Payment.PaymentId] = true;
        return DoAsync(Completion(request.Payment.PaymentId), request.Payment.PaymentId, connection, cancellationToken);
    }

    public Task<Result<PaymentState, ProviderFailure>> CapturePaymentAsync(
        CaptureRequest request, Connection connection, CancellationToken cancellationToken) =>
        DoAsync("capture:" + request.Payment.PaymentId, request.Payment.PaymentId, connection, cancellationToken);

    public Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken) =>
        DoAsync("cancel:" + request.Payment.PaymentId, request.Payment.PaymentId, connection, cancellationToken);

    private static Drawer DrawerOf(Connection connection) => Drawer.Named(connection.Value("drawer"));

    private static async Task<Result<PaymentState, ProviderFailure>> DoAsync(
        string what, string payment, Connection connection, CancellationToken cancellationToken)
    {
        var mood = await DrawerOf(connection).AskAsync(what, cancellationToken);
        if (mood == Mood.Declines)
            Agreed.TryRemove(payment, out _);
        return mood switch
        {
            Mood.Works => StateOf(DrawerOf(connection), payment),
            Mood.Declines => ProviderFailure.Rejected(FailureCause.Recipient, "card_declined", "The bank said no."),
            Mood.Refuses => ProviderFailure.Rejected(FailureCause.Request, "no", "Not today."),
            Mood.ServerError => new ProviderFailure(
                FailureOutcome.Transient, FailureCause.Provider, "http_500", "Out of order.") { HttpStatus = 500 },
            _ => new ProviderFailure(FailureOutcome.Unknown, FailureCause.Provider, "timeout", "No answer."),
        };
    }

    private static PaymentState StateOf(Drawer drawer, string id)
    {
        var state = new PaymentState("shake-" + id, PaymentStatus.RequiresAction)
        {
            NextAction = new NextAction("redirect", new Uri("https://handshake.invalid/")),
        };
        return drawer.Done.Contains("cancel:" + id) ? state with { Status = PaymentStatus.Canceled }
            : drawer.Done.Contains(Completion(id)) ? state with
            {
                Status = drawer.Reserved.ContainsKey(id) && !drawer.Done.Contains("capture:" + id)
                    ? PaymentStatus.Authorized : PaymentStatus.Succeeded,
            }
            : Agreed.ContainsKey(id) ? state with { Status = PaymentStatus.Processing, ToBeCompleted = true }
            : state;
    }
}

/// <summary>Their bodies are <c>{"id": "1", "agreed": "pay_...", "at": "..."}</c>.</summary>
[Provider("handshake")]
internal sealed class HandshakeWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) =>
        request.Header("X-Pin") == connection.Secret("pin").Reveal();

    public string? EventId(WebhookRequest request) => Text(request, "id");

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection)
    {
        var payment = Text(request, "agreed");
        return
        [
            new PaymentEvent(payment, new PaymentState("shake-" + payment, PaymentStatus.Processing)
            {
                ToBeCompleted = true, At = JsonDocument.Parse(request.Body).RootElement.GetProperty("at").GetDateTimeOffset(),
            }),
        ];
    }

    private static string? Text(WebhookRequest request, string name) =>
        JsonDocument.Parse(request.Body).RootElement.GetProperty(name).GetString();
}
