using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.BridgerPay;

internal sealed record BridgerPayLogin(string UserName, string Password);

/// <summary>https://docs.bridgerpay.com (API v2, create session)</summary>
/// <param name="Amount">Major units; customer and script cannot change it, nor the currency, once both are locked.</param>
/// <param name="Payload">Handed back in notifications.</param>
/// <param name="TrackingId">The caller's own reference.</param>
internal sealed record BridgerPaySessionOrder(
    string CashierKey, string OrderId, string Currency, string Country, decimal Amount, string? FirstName, string? LastName, string? Email,
    string? Phone, string Payload, string TrackingId)
{
    public bool CurrencyLock => true;

    public bool AmountLock => true;
}

/// <summary>https://developers.bridgerpay.com/docs/payouts</summary>
/// <param name="Metadata">What the provider that pays out asks for.</param>
internal sealed record BridgerPayPayoutOrder(
    string OrderId, string Provider, string Country, string Currency, decimal Amount, string PayoutMethodType,
    IReadOnlyDictionary<string, string> Metadata)
{
    public string State => "";
}

/// <summary>The bodies of BridgerPay's requests. Amounts go in major units.</summary>
internal static class BridgerPayOrders
{
    public static BridgerPaySessionOrder Session(PaymentRequest request, string country, Connection connection)
    {
        var names = (request.Customer?.Name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new BridgerPaySessionOrder(
            connection.Value("cashier_key"), request.PaymentId, request.Amount.Currency.Code, country, request.Amount.Amount,
            names.Length > 0 ? string.Join(' ', names[..Math.Max(1, names.Length - 1)]) : null, names.Length > 1 ? names[^1] : null,
            request.Customer?.Email, request.Customer?.Phone?.TrimStart('+'),
            BridgerPayPayload.Of(request.PaymentId, request.Amount, BridgerPayPayload.KeyOf(connection.Secret("password"))),
            request.Reference);
    }

    /// <summary>What the provider asks for, out of the destination; or what of it is not there.</summary>
    /// <param name="fields">Pairs of a field of the provider's and a part of the destination, as the manifest has it.</param>
    public static Result<IReadOnlyDictionary<string, string>, ProviderFailure> Metadata(string fields, PayoutDestination destination)
    {
        var metadata = new Dictionary<string, string>();
        foreach (var pair in fields.Split(',', StringSplitOptions.TrimEntries))
        {
            var (field, part) = (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]);
            if (Part(destination, part) is not { } value)
                return BridgerPayFailures.NoPart(part);
            metadata[field] = value;
        }

        return metadata;
    }

    private static string? Part(PayoutDestination of, string part) => part switch
    {
        "holder" => of.Holder,
        "iban" => of.Iban,
        "account_number" => of.AccountNumber,
        "routing_code" => of.RoutingCode,
        "bic" => of.Bic,
        "bank_name" => of.BankName,
        "country" => of.Country,
        "account" => of.Account,
        "reference" => of.Reference,
        _ => null,
    };
}
