using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Razorpay;

/// <summary>
/// Finds Razorpay's objects behind a payment of the hub. It is named by its link or its order, and by the payment that counts once there is
/// one; each may have been tried several times.
/// </summary>
internal static class RazorpayLookup
{
    /// <summary>How the payment stands, by the object that tells most of it.</summary>
    public static async Task<Result<PaymentState, ProviderFailure>> ReadAsync(
        this ProviderHttp http, PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        var data = payment.ProviderData;
        if (data.GetValueOrDefault(RazorpayMapping.PaymentKey) is { } paid)
            return await http.ReadPaymentAsync(paid, connection, cancellationToken);
        var order = data.GetValueOrDefault(RazorpayMapping.OrderKey);
        if (data.GetValueOrDefault(RazorpayMapping.LinkKey) is not { } id)
            return await http.ReadOrderAsync(order ?? payment.ProviderReference, connection, cancellationToken);

        using var message = RazorpayMessage.Get(RazorpayMessage.Path("payment_links", id), connection);
        var link = await http.SendAsync(message, RazorpayJson.Default.RazorpayLink, RazorpayFailures.Classify, cancellationToken);
        if (!link.IsSuccess)
            return link.Error;
        if (RazorpayMapping.PaidBy(link.Value) is { } by)
            return await http.ReadPaymentAsync(by, connection, cancellationToken);
        var state = RazorpayMapping.FromLink(link.Value);
        // A link lists captured payments only: what was reserved or declined, its order tells, where the order is known.
        return state.IsSuccess && (link.Value.OrderId ?? order) is { } behind
            ? await http.WithTriesAsync(state.Value, behind, connection, cancellationToken) : state;
    }

    /// <summary>The id of the payment that money was taken or reserved by.</summary>
    public static async Task<Result<string, ProviderFailure>> FindPaymentAsync(
        this ProviderHttp http, PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        if (payment.ProviderData.GetValueOrDefault(RazorpayMapping.PaymentKey) is { } known)
            return known;
        var read = await http.ReadAsync(payment, connection, cancellationToken);
        if (!read.IsSuccess)
            return read.Error.BeforeActing();
        return read.Value.ProviderData.GetValueOrDefault(RazorpayMapping.PaymentKey) is { } found
            ? found : RazorpayFailures.NotPaidYet(payment.ProviderReference);
    }

    public static async Task<Result<PaymentState, ProviderFailure>> ReadPaymentAsync(
        this ProviderHttp http, string id, Connection connection, CancellationToken cancellationToken)
    {
        using var message = RazorpayMessage.Get(RazorpayMessage.Path("payments", id), connection);
        var payment = await http.SendAsync(message, RazorpayJson.Default.RazorpayPayment, RazorpayFailures.Classify, cancellationToken);
        return payment.Then(RazorpayMapping.FromPayment);
    }

    private static async Task<Result<PaymentState, ProviderFailure>> ReadOrderAsync(
        this ProviderHttp http, string id, Connection connection, CancellationToken cancellationToken)
    {
        using var message = RazorpayMessage.Get(RazorpayMessage.Path("orders", id), connection);
        var order = await http.SendAsync(message, RazorpayJson.Default.RazorpayOrder, RazorpayFailures.Classify, cancellationToken);
        var state = order.Then(read => RazorpayMapping.FromOrder(read, connection.Value("key_id")));
        return state.IsSuccess && order.Value.Status != "created"
            ? await http.WithTriesAsync(state.Value, id, connection, cancellationToken) : state;
    }

    /// <summary>The payment that counts; else the link or order as it stands, and why the last try was declined.</summary>
    private static async Task<Result<PaymentState, ProviderFailure>> WithTriesAsync(
        this ProviderHttp http, PaymentState state, string order, Connection connection, CancellationToken cancellationToken)
    {
        using var message = RazorpayMessage.Get(RazorpayMessage.Path("orders", order, "/payments"), connection);
        var tries = await http.SendAsync(
            message, RazorpayJson.Default.RazorpayListRazorpayPayment, RazorpayFailures.Classify, cancellationToken);
        if (!tries.IsSuccess)
            return tries.Error;
        if (RazorpayMapping.Deciding(tries.Value.Items) is not { } deciding)
            return state;
        return RazorpayMapping.FromPayment(deciding).Map(tried => tried.Status is PaymentStatus.Authorized or PaymentStatus.Succeeded
            ? tried : state with { Failure = tried.Failure });
    }
}
