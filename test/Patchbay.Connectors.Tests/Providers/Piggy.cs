using System.Net.Http.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Providers;

/// <summary>A gateway's connector that nothing outside this folder knows of.</summary>
[Provider("piggy")]
internal sealed class Piggy(ProviderHttp http)
    : IVerifyCredentials, IInitiatePayment, IVerifyPayment, ICapturePayment, ICancelPayment, IProcessRefund
{
    public async Task<Result<AccountInfo, ProviderFailure>> VerifyCredentialsAsync(
        Connection connection, CancellationToken cancellationToken) =>
        (await GetAsync("shelf", PiggyJson.Default.PiggyShelf, connection, cancellationToken)).Map(shelf => new AccountInfo(shelf.Name));

    public async Task<Result<PaymentState, ProviderFailure>> InitiatePaymentAsync(
        PaymentRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var order = new PiggyOrder(request.Amount.ToAmountString(), request.Amount.Currency.Code, request.PaymentId)
        {
            Back = request.ReturnUrl?.OriginalString, Hold = request.Capture == CaptureMethod.Manual,
        };
        return (await PostAsync("banks", order, request.IdempotencyKey, PiggyJson.Default.PiggyBank, connection, cancellationToken)).Then(
            PiggyMapping.State);
    }

    public async Task<Result<PaymentState, ProviderFailure>> VerifyPaymentAsync(
        PaymentHandle payment, Connection connection, CancellationToken cancellationToken) =>
        (await GetAsync(Path(payment), PiggyJson.Default.PiggyBank, connection, cancellationToken)).Then(PiggyMapping.State);

    public Task<Result<PaymentState, ProviderFailure>> CapturePaymentAsync(
        CaptureRequest request, Connection connection, CancellationToken cancellationToken) =>
        DoAsync(
            request.Payment, "capture", new(request.Amount.ToAmountString(), null, null), request.IdempotencyKey, connection,
            cancellationToken);

    public Task<Result<PaymentState, ProviderFailure>> CancelPaymentAsync(
        CancelRequest request, Connection connection, CancellationToken cancellationToken) =>
        DoAsync(request.Payment, "cancel", new(null, null, null), request.IdempotencyKey, connection, cancellationToken);

    public async Task<Result<RefundState, ProviderFailure>> ProcessRefundAsync(
        RefundRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var order = new PiggyOrder(request.Amount.ToAmountString(), null, request.RefundId);
        var coin = await PostAsync(
            Path(request.Payment) + "/coins", order, request.IdempotencyKey, PiggyJson.Default.PiggyCoin, connection, cancellationToken);
        return coin.Then(PiggyMapping.State);
    }

    public async Task<Result<RefundState, ProviderFailure>> VerifyRefundAsync(
        RefundHandle refund, Connection connection, CancellationToken cancellationToken) =>
        (await GetAsync(
            "coins/" + Uri.EscapeDataString(refund.ProviderReference), PiggyJson.Default.PiggyCoin, connection, cancellationToken))
        .Then(PiggyMapping.State);

    private async Task<Result<PaymentState, ProviderFailure>> DoAsync(
        PaymentHandle payment, string what, PiggyOrder order, string key, Connection connection, CancellationToken cancellationToken) =>
        (await PostAsync($"{Path(payment)}/{what}", order, key, PiggyJson.Default.PiggyBank, connection, cancellationToken)).Then(
            PiggyMapping.State);

    private async Task<Result<T, ProviderFailure>> GetAsync<T>(
        string path, JsonTypeInfo<T> json, Connection connection, CancellationToken cancellationToken)
    {
        using var message = Request(HttpMethod.Get, path, connection);
        return await http.SendAsync(message, json, Classify, cancellationToken);
    }

    private async Task<Result<T, ProviderFailure>> PostAsync<T>(
        string path, PiggyOrder order, string key, JsonTypeInfo<T> json, Connection connection, CancellationToken cancellationToken)
    {
        using var message = Request(HttpMethod.Post, path, connection);
        message.Headers.Add("Idempotency-Key", key);
        message.Content = JsonContent.Create(order, PiggyJson.Default.PiggyOrder);
        return await http.SendAsync(message, json, Classify, cancellationToken);
    }

    private static ProviderFailure Classify(ProviderReply reply) => HttpFailures.Classify(reply, null, null);

    private static string Path(PaymentHandle payment) => "banks/" + Uri.EscapeDataString(payment.ProviderReference);

    private static HttpRequestMessage Request(HttpMethod method, string path, Connection connection) =>
        new(method, path) { Headers = { Authorization = new("Bearer", connection.Secret("api_key").Reveal()) } };
}

internal sealed record PiggyShelf(string Name);

internal sealed record PiggyOrder(string? Amount, string? Currency, string? Order)
{
    public string? Back { get; init; }

    public bool Hold { get; init; }
}

internal sealed record PiggyBank(
    string Id, string State, string Currency, string Taken, string Returned, string? Order = null, Uri? Page = null);

internal sealed record PiggyCoin(string Id, string State, string Amount, string Currency, string? Order = null);

internal sealed record PiggyNews(string Id, PiggyBank? Bank = null, PiggyCoin? Coin = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PiggyShelf))]
[JsonSerializable(typeof(PiggyOrder))]
[JsonSerializable(typeof(PiggyBank))]
[JsonSerializable(typeof(PiggyCoin))]
[JsonSerializable(typeof(PiggyNews))]
internal sealed partial class PiggyJson : JsonSerializerContext;
