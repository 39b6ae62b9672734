using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>Sends requests to the merchant's part of the API, and takes answers out of the envelope that all come in.</summary>
internal static class BridgerPayMessage
{
    public static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    public static HttpRequestMessage Post<T>(string path, T body, JsonTypeInfo<T> json) =>
        new(HttpMethod.Post, path) { Content = JsonContent.Create(body, json) };

    /// <summary>The merchant's key, by which a path says whose it is.</summary>
    public static string Key(this Connection connection) => Uri.EscapeDataString(connection.Secret("api_key").Reveal());

    /// <summary>Of a payment that comes without one; null when the integration has none for that.</summary>
    public static string? CountryOr(this Connection connection, string? country) => country ?? connection.FindValue("default_country");

    public static Task<Result<T, ProviderFailure>> AskAsync<T>(
        this ProviderHttp http, HttpRequestMessage message, JsonTypeInfo<T> json, CancellationToken cancellationToken) =>
        http.AskAsync(message, json, BridgerPayFailures.Classify, cancellationToken);

    public static async Task<Result<T, ProviderFailure>> AskAsync<T>(
        this ProviderHttp http, HttpRequestMessage message, JsonTypeInfo<T> json, Func<ProviderReply, ProviderFailure> classify,
        CancellationToken cancellationToken)
    {
        using (message)
        {
            var reply = await http.SendAsync(message, classify, cancellationToken);
            return reply.Then(received => Read(received, json));
        }
    }

    /// <summary>How the order's deposit stands; null when nobody has tried to pay it yet, which BridgerPay says by 404.</summary>
    /// <param name="order">The hub's id of the payment.</param>
    public static async Task<Result<BridgerPayDeposit?, ProviderFailure>> FindDepositAsync(
        this ProviderHttp http, string order, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.AskAsync(
            Get($"v2/merchant/{connection.Key()}/deposits/{Uri.EscapeDataString(order)}"), BridgerPayJson.Default.BridgerPayDeposits,
            cancellationToken);
        if (found.Error is { HttpStatus: 404 })
            return (BridgerPayDeposit?)null;
        return found.Then(read => read.Deposit.MerchantOrderId is { } named && named != order
            ? ProviderFailure.Unreadable($"BridgerPay answered the deposit of another order than {order}.")
            : new Result<BridgerPayDeposit?, ProviderFailure>(read.Deposit));
    }

    public static Result<T, ProviderFailure> Read<T>(ProviderReply reply, JsonTypeInfo<T> json) =>
        ProviderHttp.Read(reply, BridgerPayJson.Default.BridgerPayAnswer).Then(answer => Read(answer, json));

    private static Result<T, ProviderFailure> Read<T>(BridgerPayAnswer answer, JsonTypeInfo<T> json)
    {
        if (answer.Response?.Code is < 200 or > 299)
            return ProviderFailure.Unreadable($"BridgerPay answered {answer.Response.Code} ({answer.Response.Message}) as a success.");
        try
        {
            return answer.Result is { } result && result.Deserialize(json) is { } value
                ? value : ProviderFailure.Unreadable("BridgerPay's answer has no result.");
        }
        catch (JsonException exception)
        {
            return ProviderFailure.Unreadable($"BridgerPay's result could not be read at {exception.Path ?? "$"}.");
        }
    }
}
