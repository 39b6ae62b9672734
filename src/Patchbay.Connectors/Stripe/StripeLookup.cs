using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>Finds the Stripe objects behind a payment the hub started.</summary>
internal static class StripeLookup
{
    private const string SessionPrefix = "cs_";

    /// <summary>Null for a payment in the caller's own page, which has no session.</summary>
    public static string? SessionOf(PaymentHandle payment) =>
        payment.ProviderData.GetValueOrDefault(StripeMapping.SessionKey)
        ?? (payment.ProviderReference.StartsWith(SessionPrefix, StringComparison.Ordinal) ? payment.ProviderReference : null);

    /// <summary>The session with its intent and charge.</summary>
    public static async Task<Result<StripeSession, ProviderFailure>> ReadSessionAsync(
        this ProviderHttp http, string session, Connection connection, CancellationToken cancellationToken)
    {
        using var message = StripeMessage.Get(
            $"v1/checkout/sessions/{Uri.EscapeDataString(session)}?expand[]=payment_intent.latest_charge.{StripeFees.Expanded}",
            connection);
        return await http.SendAsync(message, StripeJson.Default.StripeSession, StripeFailures.Classify, cancellationToken);
    }

    /// <summary>The id of the payment's intent. A session has none until the customer paid, so it may have to be asked.</summary>
    public static async Task<Result<string, ProviderFailure>> FindIntentAsync(
        this ProviderHttp http, PaymentHandle payment, Connection connection, CancellationToken cancellationToken)
    {
        if (payment.ProviderData.GetValueOrDefault(StripeMapping.IntentKey) is { } known)
            return known;
        if (!payment.ProviderReference.StartsWith(SessionPrefix, StringComparison.Ordinal))
            return payment.ProviderReference;
        var session = payment.ProviderReference;
        var read = await http.ReadSessionAsync(session, connection, cancellationToken);
        if (!read.IsSuccess)
            return read.Error.BeforeActing();
        return read.Value.PaymentIntent is { } intent ? intent.Id : StripeFailures.NoIntentYet(session);
    }
}
