using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Tests.Providers;

/// <summary>The bank's words. Mapping is written by hand for every provider: there is no base for it.</summary>
internal static class PiggyMapping
{
    public static Result<PaymentState, ProviderFailure> State(PiggyBank bank)
    {
        PaymentStatus? status = bank.State switch
        {
            "empty" or "refused" => PaymentStatus.RequiresAction,   // refused: the customer may try again
            "shaking" => PaymentStatus.Processing,
            "held" => PaymentStatus.Authorized,
            "full" => PaymentStatus.Succeeded,
            "failed" => PaymentStatus.Failed,
            "smashed" => PaymentStatus.Canceled,
            "expired" => PaymentStatus.Expired,
            _ => null,
        };
        if (status is null
            || Amount(bank.Taken, bank.Currency) is not { } taken
            || Amount(bank.Returned, bank.Currency) is not { } returned)
            return ProviderFailure.Unreadable(
                $"The bank answered '{bank.State}', '{bank.Taken}' and '{bank.Returned}' in '{bank.Currency}'.");
        return new PaymentState(bank.Id, status.Value)
        {
            Captured = status == PaymentStatus.Succeeded ? taken : null,
            Refunded = returned.MinorUnits > 0 ? returned : null,
            Failure = bank.State == "refused" ? new FailureDetail("refused", null, FailureReason.CardDeclined) : null,
            NextAction = status == PaymentStatus.RequiresAction && bank.Page is { } page ? new NextAction("redirect", page) : null,
        };
    }

    public static Result<RefundState, ProviderFailure> State(PiggyCoin coin)
    {
        RefundStatus? status = coin.State switch
        {
            "pending" => RefundStatus.Pending,
            "succeeded" => RefundStatus.Succeeded,
            "failed" => RefundStatus.Failed,
            _ => null,
        };
        return status is { } known && Amount(coin.Amount, coin.Currency) is { } amount
            ? new RefundState(coin.Id, known, amount)
            : ProviderFailure.Unreadable($"The bank answered '{coin.State}' and '{coin.Amount}' in '{coin.Currency}'.");
    }

    private static Money? Amount(string text, string code) =>
        Currency.TryParse(code, out var currency) && PlainDecimal.TryParse(text, out var number)
            && Money.TryFromMajor(number, currency, out var money)
            ? money : null;
}

[Provider("piggy")]
internal sealed class PiggyWebhooks : IReceiveWebhooks
{
    public bool IsGenuine(WebhookRequest request, Connection connection) => request.Header("X-Piggy") is { } given
        && Signatures.Any(
            connection.LiveSecrets("webhook_key"), key => Signatures.HmacSha256(key, request.Body.Span), [given], Signatures.SameHex);

    public string? EventId(WebhookRequest request) => News(request)?.Id;

    public IReadOnlyList<ProviderEvent> Read(WebhookRequest request, Connection connection) => News(request) switch
    {
        { Bank: { } bank } => [Event(PiggyMapping.State(bank), state => new PaymentEvent(bank.Order, state))],
        { Coin: { } coin } => [Event(PiggyMapping.State(coin), state => new RefundEvent(coin.Order, state))],
        _ => [],
    };

    private static ProviderEvent Event<T>(Result<T, ProviderFailure> state, Func<T, ProviderEvent> known) =>
        state.IsSuccess ? known(state.Value) : new UnmappedEvent(state.Error.Message);

    private static PiggyNews? News(WebhookRequest request)
    {
        try
        {
            return JsonSerializer.Deserialize(request.Body.Span, PiggyJson.Default.PiggyNews);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
