using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Praxis;

/// <summary>Sends requests as Praxis wants them: signed, by POST. An answer that says no is a failure, though it came with 200.</summary>
internal static class PraxisMessage
{
    public static async Task<Result<PraxisAnswer, ProviderFailure>> SendAsync<T>(
        this ProviderHttp http, string path, T order, JsonTypeInfo<T> json, Connection connection, CancellationToken cancellationToken)
        where T : PraxisOrder
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(order, json) };
        message.Headers.Add(PraxisSignature.Header, PraxisSignature.Of(order, connection));
        var reply = await http.SendAsync(message, PraxisJson.Default.PraxisAnswer, PraxisFailures.Classify, cancellationToken);
        return reply.Then(answer => PraxisFailures.Of(answer) is { } failure
            ? failure : new Result<PraxisAnswer, ProviderFailure>(answer));
    }

    /// <summary>
    /// What became of a cashier whose opening was lost; null when nobody has tried to use it: it is opened again under the same order then,
    /// since only its opening tells its page.
    /// </summary>
    public static async Task<Result<T?, ProviderFailure>> LookUpAsync<T>(
        this ProviderHttp http, string order, Func<PraxisAnswer, Result<T, ProviderFailure>> map, Connection connection,
        CancellationToken cancellationToken)
        where T : class
    {
        var found = await http.FindOrderAsync(order, connection, cancellationToken);
        if (found.Error is { } failure && PraxisFailures.IsUnknownOrder(failure))
            return (T?)null;
        return found.Then(answer => PraxisMapping.Transactions(answer).Count == 0
            ? new Result<T?, ProviderFailure>((T?)null) : map(answer).Map(state => (T?)state));
    }

    /// <param name="order">The hub's id of a payment, a refund or a payout.</param>
    public static Task<Result<PraxisAnswer, ProviderFailure>> FindOrderAsync(
        this ProviderHttp http, string order, Connection connection, CancellationToken cancellationToken) => http.SendAsync(
        "agent/find-order", PraxisOrders.Find(order, connection, http.Now), PraxisJson.Default.PraxisFindOrder, connection,
        cancellationToken);
}
