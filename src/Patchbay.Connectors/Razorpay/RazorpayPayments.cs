using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Razorpay;

/// <summary>
/// Takes payments: on a payment link, Razorpay's hosted page, when there is an address to return to, else by an order for Razorpay's
/// Checkout in the caller's own page.
/// </summary>
/// <remarks>Source: https://razorpay.com/docs/api/payments/payment-links/, .../api/orders/ and .../api/payments/capture/.</remarks>
[Provider("razorpay")]
internal sealed class RazorpayPayments(ProviderHttp http)
    : IInitiatePayment, ILookUpPayment, IVerifyPayment, ICapturePayment, ICancelPayment
{
    private const string Links = "v1/payment_links";
    private const string Orders = "v1/orders";

    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (RazorpayAmounts.ToWire(request.Amount) is not { } amount)
            return RazorpayFailures.NotRepresentable(request.Amount);
        if (request.ReturnUrl is not { } returnUrl)
            return await OrderAsync(request, amount, connection, cancellationToken);
        // Whether a link's money is taken at once, the account's settings decide: no request can ask to reserve it only.
        if (request.Capture == CaptureMethod.Manual)
            return RazorpayFailures.ReservedInOwnPageOnly;
        using var message = RazorpayMessage.Post(
            Links, RazorpayRequests.Link(request, amount, returnUrl), RazorpayJson.Default.RazorpayLinkRequest, connection);
        var begun = await SendLinkAsync(message, cancellationToken);
        if (begun.Error is not { } error || !RazorpayFailures.IsReferenceTaken(error))
            return begun;
        // An earlier call made it, whose answer was lost. What cannot be found now stays in doubt.
        var found = await LookUpPaymentAsync(request, connection, cancellationToken);
        return found is { IsSuccess: true, Value: { } earlier } ? earlier : error;
    }

    /// <summary>By the hub's id, which is the link's reference and the order's receipt: Razorpay takes a link's but once.</summary>
    public async Task<Result<PaymentState?, ProviderFailure>> LookUpPaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var id = Uri.EscapeDataString(request.PaymentId);
        if (request.ReturnUrl is not null)
        {
            using var message = RazorpayMessage.Get($"{Links}?reference_id={id}", connection);
            var links = await http.SendAsync(message, RazorpayJson.Default.RazorpayLinks, RazorpayFailures.Classify, cancellationToken);
            return links.Then(read => (read.PaymentLinks ?? read.Items) is { } list
                ? RazorpayMapping.Found(list.FirstOrDefault(link => link.ReferenceId == request.PaymentId), RazorpayMapping.FromLink)
                : ProviderFailure.Unreadable("Razorpay answered no list of payment links."));
        }

        using var search = RazorpayMessage.Get($"{Orders}?receipt={id}", connection);
        var orders = await http.SendAsync(
            search, RazorpayJson.Default.RazorpayListRazorpayOrder, RazorpayFailures.Classify, cancellationToken);
        return orders.Then(read => RazorpayMapping.Found(
            read.Items.FirstOrDefault(order => order.Receipt == request.PaymentId), order => FromOrder(order, request, connection)));
    }

    public Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken) =>
        http.ReadAsync(payment, connection, cancellationToken);

    public async Task<Result<PaymentState, ProviderFailure>> CapturePaymentAsync(
        CaptureRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (request.Amount != request.Payment.Amount)
            return RazorpayFailures.PartialCapture;
        var payment = await http.FindPaymentAsync(request.Payment, connection, cancellationToken);
        if (!payment.IsSuccess)
            return payment.Error;
        using var message = RazorpayMessage.Post(
            RazorpayMessage.Path("payments", payment.Value, "/capture"),
            new RazorpayCaptureRequest(request.Amount.MinorUnits, request.Amount.Currency.Code),
            RazorpayJson.Default.RazorpayCaptureRequest, connection);
        var reply = await http.SendAsync(message, RazorpayJson.Default.RazorpayPayment, RazorpayFailures.Classify, cancellationToken);
        if (reply.Error is not { HttpStatus: 400, Outcome: FailureOutcome.Rejected } refusal)
            return reply.Then(RazorpayMapping.FromPayment);
        // What is captured already is refused, too, perhaps since an earlier call did it: how it stands decides.
        var read = await http.ReadPaymentAsync(payment.Value, connection, cancellationToken);
        return !read.IsSuccess ? RazorpayFailures.InDoubt(refusal) : read.Value.Status == PaymentStatus.Succeeded ? read : refusal;
    }

    /// <summary>
    /// Links are canceled. For what was only to be reserved nothing has to be done: nobody but the hub captures it, and what the customer
    /// has agreed to, or yet agrees to, goes back by itself after 3 days. What has ended stays as it is.
    /// </summary>
    public async Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var read = await http.ReadAsync(request.Payment, connection, cancellationToken);
        if (!read.IsSuccess)
            return read.Error.BeforeActing();
        var state = read.Value;
        if (state.Status is not (PaymentStatus.RequiresAction or PaymentStatus.Pending or PaymentStatus.Authorized))
            return state;
        var data = request.Payment.ProviderData;
        if (data.GetValueOrDefault(RazorpayMapping.CaptureKey) == RazorpayMapping.Manual)
            return state with { Status = PaymentStatus.Canceled, NextAction = null, Failure = null };
        if (state.Status == PaymentStatus.Authorized || data.GetValueOrDefault(RazorpayMapping.LinkKey) is not { } link)
            return RazorpayFailures.NotCancelable(request.Payment.ProviderReference);
        using var message = RazorpayMessage.Post(
            RazorpayMessage.Path("payment_links", link, "/cancel"), new RazorpayNothing(), RazorpayJson.Default.RazorpayNothing,
            connection);
        return await SendLinkAsync(message, cancellationToken);
    }

    private async Task<Result<PaymentState, ProviderFailure>> OrderAsync(
        PaymentRequest request, long amount, Connection connection, CancellationToken cancellationToken)
    {
        using var message = RazorpayMessage.Post(
            Orders, RazorpayRequests.Order(request, amount), RazorpayJson.Default.RazorpayOrderRequest, connection);
        var order = await http.SendAsync(message, RazorpayJson.Default.RazorpayOrder, RazorpayFailures.Classify, cancellationToken);
        return order.Then(made => FromOrder(made, request, connection));
    }

    private async Task<Result<PaymentState, ProviderFailure>> SendLinkAsync(
        HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var link = await http.SendAsync(message, RazorpayJson.Default.RazorpayLink, RazorpayFailures.Classify, cancellationToken);
        return link.Then(RazorpayMapping.FromLink);
    }

    private static Result<PaymentState, ProviderFailure> FromOrder(RazorpayOrder order, PaymentRequest request, Connection connection)
    {
        var state = RazorpayMapping.FromOrder(order, connection.Value("key_id"));
        return request.Capture == CaptureMethod.Manual
            ? state.Map(read => RazorpayMapping.With(read, RazorpayMapping.CaptureKey, RazorpayMapping.Manual)) : state;
    }
}
