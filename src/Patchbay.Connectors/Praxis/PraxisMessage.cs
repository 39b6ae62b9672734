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

    /// <param name="order">The hub's id of a payment, a refund or a payout.</param>
    public static Task<Result<PraxisAnswer, ProviderFailure>> FindOrderAsync(
        this ProviderHttp http, string order, Connection connection, CancellationToken cancellationToken) => http.SendAsync(
        "agent/find-order", PraxisOrders.Find(order, connection, http.Now), PraxisJson.Default.PraxisFindOrder, connection,
        cancellationToken);
}
