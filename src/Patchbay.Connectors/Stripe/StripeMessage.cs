using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Stripe;

/// <summary>Makes requests as Stripe wants them: key, pinned API version, connected account, idempotency key.</summary>
internal static class StripeMessage
{
    /// <summary>The version the fields below were read for; without the header the account's own default would apply.</summary>
    public const string ApiVersion = "2026-07-29.dahlia";

    public static HttpRequestMessage Get(string path, Connection connection) =>
        Authorized(new HttpRequestMessage(HttpMethod.Get, path), connection);

    public static HttpRequestMessage Delete(string path, Connection connection) =>
        Authorized(new HttpRequestMessage(HttpMethod.Delete, path), connection);

    /// <param name="idempotencyKey">Null: each call makes another one.</param>
    public static HttpRequestMessage Post(string path, FormBody form, string? idempotencyKey, Connection connection)
    {
        var message = Authorized(new HttpRequestMessage(HttpMethod.Post, path), connection);
        // The same key always gives the first answer again, for at least 24 hours. https://docs.stripe.com/api/idempotent_requests
        if (idempotencyKey is not null)
            message.Headers.Add("Idempotency-Key", idempotencyKey);
        message.Content = form.ToContent();
        return message;
    }

    private static HttpRequestMessage Authorized(HttpRequestMessage message, Connection connection)
    {
        message.Headers.Authorization = new("Bearer", connection.Secret("secret_key").Reveal());
        message.Headers.Add("Stripe-Version", ApiVersion);
        if (connection.FindValue("account_id") is { Length: > 0 } account)
            message.Headers.Add("Stripe-Account", account);
        return message;
    }
}
