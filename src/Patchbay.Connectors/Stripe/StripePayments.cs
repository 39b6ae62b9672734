using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>
/// Takes payments: by what the customer has saved; else on Stripe's hosted page when there is an address to return to, or in the caller's
/// own page.
/// </summary>
/// <remarks>Source: https://docs.stripe.com/api/checkout/sessions and https://docs.stripe.com/api/payment_intents.</remarks>
[Provider("stripe")]
internal sealed class StripePayments(ProviderHttp http)
    : IInitiatePayment, ILookUpPayment, IVerifyPayment, ICapturePayment, ICancelPayment
{
    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (!StripeAmounts.TryToWire(request.Amount, out var amount))
            return StripeFailures.NotRepresentable(request.Amount);
        if (request.Method is { } method)
        {
            using var charge = StripeMessage.Post(
                "v1/payment_intents", StripeForms.Charge(request, amount, method), request.IdempotencyKey, connection);
            return await SendIntentAsync(charge, StripeMapping.FromSavedMethodIntent, cancellationToken);
        }

        if (request.ReturnUrl is { } returnUrl)
        {
            using var open = StripeMessage.Post(
                "v1/checkout/sessions", StripeForms.Session(request, amount, returnUrl), request.IdempotencyKey, connection);
            return await SendSessionAsync(open, cancellationToken);
        }

        using var create = StripeMessage.Post(
            "v1/payment_intents", StripeForms.Intent(request, amount), request.IdempotencyKey, connection);
        return await SendIntentAsync(create, intent => OwnPage(intent, connection), cancellationToken);
    }

    public async Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        // The session is asked even when its intent is known: only it tells that the page has expired.
        if (StripeLookup.SessionOf(payment) is { } session)
        {
            var read = await http.ReadSessionAsync(session, connection, cancellationToken);
            var paid = read.IsSuccess ? read.Value.PaymentIntent?.Object : null;
            return await WithDisputesAsync(read.Then(StripeMapping.FromSession), paid, connection, cancellationToken);
        }

        using var message = StripeMessage.Get(
            $"{IntentPath(payment.ProviderReference)}?expand[]=latest_charge.{StripeFees.Expanded}", connection);
        var intent = await http.SendAsync(message, StripeJson.Default.StripeIntent, StripeFailures.Classify, cancellationToken);
        var state = intent.Then(known => payment.ProviderData.ContainsKey(StripeMapping.SavedKey)
            ? StripeMapping.FromSavedMethodIntent(known) : OwnPage(known, connection));
        return await WithDisputesAsync(state, intent.IsSuccess ? intent.Value : null, connection, cancellationToken);
    }

    /// <summary>Stripe keeps the first answer under a key, errors included: after those only its lists tell whether it has it.</summary>
    public Task<Result<PaymentState?, ProviderFailure>> LookUpPaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var since = StripeLists.Since(request.AcceptedAt);
        return request is { ReturnUrl: not null, Method: null }
            ? http.LookUpAsync(
                $"v1/checkout/sessions?created[gte]={since}", StripeJson.Default.StripeListStripeSession,
                session => session.ClientReferenceId == request.PaymentId, StripeMapping.FromSession, connection, cancellationToken)
            : http.LookUpAsync(
                $"v1/payment_intents?created[gte]={since}", StripeJson.Default.StripeListStripeIntent,
                intent => intent.Metadata?.GetValueOrDefault(StripeForms.Reference) == request.PaymentId,
                intent => request.Method is null ? OwnPage(intent, connection) : StripeMapping.FromSavedMethodIntent(intent), connection,
                cancellationToken);
    }

    public async Task<Result<PaymentState, ProviderFailure>> CapturePaymentAsync(
        CaptureRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (!StripeAmounts.TryToWire(request.Amount, out var amount))
            return StripeFailures.NotRepresentable(request.Amount);
        var intent = await http.FindIntentAsync(request.Payment, connection, cancellationToken);
        if (!intent.IsSuccess)
            return intent.Error;

        using var message = StripeMessage.Post(
            $"{IntentPath(intent.Value)}/capture", StripeForms.Capture(amount), request.IdempotencyKey, connection);
        var captured = await SendIntentAsync(message, StripeMapping.FromIntent, cancellationToken);
        return captured.Map(state => WithSession(state, request.Payment));
    }

    public async Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (StripeLookup.SessionOf(request.Payment) is not { } id)
            return await CancelIntentAsync(request.Payment.ProviderReference, request, connection, cancellationToken);

        // An intent of a session can be canceled only once it waits for capture; before that the session has to expire.
        // https://docs.stripe.com/api/payment_intents/cancel
        var session = await http.ReadSessionAsync(id, connection, cancellationToken);
        if (!session.IsSuccess)
            return session.Error.BeforeActing();
        return session.Value switch
        {
            { Status: "open" } => await ExpireSessionAsync(id, request, connection, cancellationToken),
            { Status: "complete", PaymentIntent: { } intent } => await CancelIntentAsync(intent.Id, request, connection, cancellationToken),
            _ => StripeMapping.FromSession(session.Value),
        };
    }

    private async Task<Result<PaymentState, ProviderFailure>> ExpireSessionAsync(
        string session, CancelRequest request, Connection connection, CancellationToken cancellationToken)
    {
        // A key belongs to one endpoint. The customer may complete the page between two attempts, and then the next one cancels the
        // intent instead: hence another key than there. https://docs.stripe.com/api/idempotent_requests
        using var message = StripeMessage.Post(
            $"v1/checkout/sessions/{Uri.EscapeDataString(session)}/expire", [], request.IdempotencyKey + "-expire", connection);
        return await SendSessionAsync(message, cancellationToken);
    }

    private async Task<Result<PaymentState, ProviderFailure>> CancelIntentAsync(
        string intent, CancelRequest request, Connection connection, CancellationToken cancellationToken)
    {
        using var message = StripeMessage.Post($"{IntentPath(intent)}/cancel", [], request.IdempotencyKey, connection);
        var canceled = await SendIntentAsync(message, StripeMapping.FromIntent, cancellationToken);
        return canceled.Map(state => WithSession(state, request.Payment));
    }

    /// <summary>A charge tells that it is disputed, not how; a key that may not read disputes leaves that to their events.</summary>
    private async Task<Result<PaymentState, ProviderFailure>> WithDisputesAsync(
        Result<PaymentState, ProviderFailure> state, StripeIntent? intent, Connection connection, CancellationToken cancellationToken)
    {
        if (!state.IsSuccess || intent?.LatestCharge?.Object is not { Disputed: true })
            return state;
        var path = $"v1/disputes?payment_intent={Uri.EscapeDataString(intent.Id)}";
        var disputes = await http.ListAsync(path, StripeJson.Default.StripeListStripeDispute, connection, cancellationToken);
        if (!disputes.IsSuccess)
            return disputes.Error.Outcome == FailureOutcome.Rejected ? state : disputes.Error;
        var reports = disputes.Value.Data.Select(StripeMapping.Report).ToList();
        return reports.Find(report => !report.IsSuccess) is { Error: { } unknown }
            ? unknown
            : state.Value with
            {
                Disputes = [.. reports.Select(report => report.Value)],
                Costs = [.. state.Value.Costs, .. StripeFees.Of(disputes.Value.Data)],
            };
    }

    private async Task<Result<PaymentState, ProviderFailure>> SendSessionAsync(
        HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var session = await http.SendAsync(message, StripeJson.Default.StripeSession, StripeFailures.Classify, cancellationToken);
        return session.Then(StripeMapping.FromSession);
    }

    private async Task<Result<PaymentState, ProviderFailure>> SendIntentAsync(
        HttpRequestMessage message, Func<StripeIntent, Result<PaymentState, ProviderFailure>> map, CancellationToken cancellationToken)
    {
        var intent = await http.SendAsync(message, StripeJson.Default.StripeIntent, StripeFailures.Classify, cancellationToken);
        return intent.Then(map);
    }

    private static Result<PaymentState, ProviderFailure> OwnPage(StripeIntent intent, Connection connection) =>
        StripeMapping.FromOwnPageIntent(intent, connection.FindValue("publishable_key"));

    private static PaymentState WithSession(PaymentState state, PaymentHandle payment) => StripeLookup.SessionOf(payment) is { } session
        ? state with { ProviderData = new Dictionary<string, string>(state.ProviderData) { [StripeMapping.SessionKey] = session } }
        : state;

    private static string IntentPath(string intent) => $"v1/payment_intents/{Uri.EscapeDataString(intent)}";
}
