using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>
/// Pays out through the provider that the integration names. BridgerPay does not refuse a second payout of the same order, so each is
/// looked for first.
/// </summary>
/// <remarks>Source: https://developers.bridgerpay.com/docs/payouts. What a search answers is unconfirmed, and read with care.</remarks>
[Provider("bridgerpay")]
internal sealed class BridgerPayPayouts(ProviderHttp http) : IInitiatePayout, ILookUpPayout
{
    public async Task<Result<PayoutState, ProviderFailure>> InitiatePayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken)
    {
        if (connection.FindValue("payout_provider") is not { } name || connection.FindValue("payout_fields") is not { } fields)
            return BridgerPayFailures.NoPayouts;
        if (connection.CountryOr(request.Country ?? request.Destination.Country) is not { } country)
            return BridgerPayFailures.NoCountry;
        var metadata = BridgerPayOrders.Metadata(fields, request.Destination);
        if (!metadata.IsSuccess)
            return metadata.Error;
        var earlier = await LookUpPayoutAsync(request, connection, cancellationToken);
        if (earlier.Error is { } unknown)
            return unknown.BeforeActing();
        if (earlier.Value is { } done)
            return done;
        var method = await FindMethodAsync(name, country, request.Amount.Currency.Code, connection, cancellationToken);
        if (method.Error is { } unasked)
            return unasked.BeforeActing();
        var order = new BridgerPayPayoutOrder(
            request.PayoutId, name, country, request.Amount.Currency.Code, request.Amount.Amount, method.Value, metadata.Value);
        var made = await http.AskAsync(
            BridgerPayMessage.Post($"v2/{connection.Key()}/payouts", order, BridgerPayJson.Default.BridgerPayPayoutOrder),
            BridgerPayJson.Default.BridgerPayPayout, BridgerPayFailures.ClassifyPayout, cancellationToken);
        return made.Then(payout => BridgerPayMapping.FromPayout(payout));
    }

    /// <summary>BridgerPay asks the provider behind it; its stored state may be older.</summary>
    public async Task<Result<PayoutState, ProviderFailure>> VerifyPayoutAsync(
        PayoutHandle payout, Connection connection, CancellationToken cancellationToken)
    {
        var read = await http.AskAsync(
            BridgerPayMessage.Get($"v2/{connection.Key()}/payouts/{Uri.EscapeDataString(payout.ProviderReference)}/check-status"),
            BridgerPayJson.Default.BridgerPayPayout, cancellationToken);
        return read.Then(found => BridgerPayMapping.FromPayout(found, payout.ProviderReference));
    }

    /// <summary>Null only where the search finds nothing at all: what it finds that does not name the order proves nothing.</summary>
    public async Task<Result<PayoutState?, ProviderFailure>> LookUpPayoutAsync(
        PayoutRequest request, Connection connection, CancellationToken cancellationToken)
    {
        var found = await http.AskAsync(
            BridgerPayMessage.Get($"v2/{connection.Key()}/payouts?merchantOrderId={Uri.EscapeDataString(request.PayoutId)}"),
            BridgerPayJson.Default.JsonElement, cancellationToken);
        return found.Then(result => Items(result) switch
        {
            null => BridgerPayFailures.PayoutInDoubt(request.PayoutId),
            [] => new Result<PayoutState?, ProviderFailure>((PayoutState?)null),
            var items => items.FirstOrDefault(one => (one.MerchantOrderId ?? one.OrderId) == request.PayoutId) is { } ours
                ? BridgerPayMapping.FromPayout(ours).Map(state => (PayoutState?)state)
                : BridgerPayFailures.PayoutInDoubt(request.PayoutId),
        });
    }

    private async Task<Result<string, ProviderFailure>> FindMethodAsync(
        string name, string country, string currency, Connection connection, CancellationToken cancellationToken)
    {
        var offered = await http.AskAsync(
            BridgerPayCredentials.Metadata(country, currency, connection), BridgerPayJson.Default.BridgerPayProviders, cancellationToken);
        return offered.Then(read => read.Providers?.FirstOrDefault(one => one.Name == name)?.PayoutMethodType is { } method
            ? new Result<string, ProviderFailure>(method) : BridgerPayFailures.NotOffered(name));
    }

    /// <summary>A list, or an object that holds one; null when it is neither.</summary>
    private static IReadOnlyList<BridgerPayPayout>? Items(JsonElement result)
    {
        var list = result.ValueKind != JsonValueKind.Object ? result : result.EnumerateObject()
            .FirstOrDefault(field => field.Value.ValueKind == JsonValueKind.Array).Value;
        try
        {
            return list.ValueKind != JsonValueKind.Array ? null
                : [.. list.EnumerateArray().Select(one => one.Deserialize(BridgerPayJson.Default.BridgerPayPayout)!)];
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
