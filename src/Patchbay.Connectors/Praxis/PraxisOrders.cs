using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Praxis;

/// <summary>What every request says. The signature covers these, and after them the <see cref="Signed"/> values, in that order.</summary>
internal abstract record PraxisOrder(string MerchantId, string ApplicationKey, long Timestamp)
{
    public string Version => "1.3";

    public abstract IReadOnlyList<string?> Signed();
}

/// <summary>Opens the cashier. https://doc.praxiscashier.com/integration_docs/latest/cashier_api/cashier</summary>
/// <param name="Variable1">The caller's own reference; Praxis shows it and hands it back.</param>
internal sealed record PraxisCashierOrder(
    string MerchantId, string ApplicationKey, long Timestamp, string Intent, string Currency, long Amount, string Cid, string Locale,
    PraxisCustomerData CustomerData, Uri NotificationUrl, string? ReturnUrl, string OrderId, string Variable1)
    : PraxisOrder(MerchantId, ApplicationKey, Timestamp)
{
    public override IReadOnlyList<string?> Signed() => [Intent, Cid, OrderId];
}

/// <param name="Country">ISO 3166-1 alpha-2.</param>
internal sealed record PraxisCustomerData(string? Country, string? FirstName, string? LastName, string? Email, string? Phone);

/// <summary>https://doc.praxiscashier.com/integration_docs/latest/agent_api/find_order</summary>
internal sealed record PraxisFindOrder(string MerchantId, string ApplicationKey, long Timestamp, string OrderId)
    : PraxisOrder(MerchantId, ApplicationKey, Timestamp)
{
    public override IReadOnlyList<string?> Signed() => [OrderId];
}

/// <summary>https://doc.praxiscashier.com/integration_docs/latest/direct_api/refund; what its signature covers is unconfirmed.</summary>
/// <param name="ReferenceId">The approved sale.</param>
internal sealed record PraxisRefundOrder(
    string MerchantId, string ApplicationKey, long Timestamp, string Currency, long Amount, string Cid, string Locale, string OrderId,
    long ReferenceId, Uri NotificationUrl)
    : PraxisOrder(MerchantId, ApplicationKey, Timestamp)
{
    public string TransactionType => "refund";

    public override IReadOnlyList<string?> Signed() =>
        [TransactionType, Cid, OrderId, Currency, Amount.ToString(CultureInfo.InvariantCulture)];
}

/// <summary>https://doc.praxiscashier.com/integration_docs/latest/agent_api/manage_withdrawal_request</summary>
/// <param name="Gateway">Through which it is paid out; null for the one that is set at Praxis.</param>
internal sealed record PraxisWithdrawalOrder(
    string MerchantId, string ApplicationKey, long Timestamp, string Intent, long WithdrawalRequestId, string? Gateway)
    : PraxisOrder(MerchantId, ApplicationKey, Timestamp)
{
    public override IReadOnlyList<string?> Signed() => [Intent, WithdrawalRequestId.ToString(CultureInfo.InvariantCulture)];
}

/// <summary>The bodies of Praxis's requests. Amounts go in minor units, of which it has as many to a unit as ISO 4217.</summary>
internal static partial class PraxisOrders
{
    private const int MaxCid = 50;

    public static PraxisCashierOrder Deposit(PaymentRequest request, Connection connection, DateTimeOffset now) => new(
        connection.Value("merchant_id"), connection.Value("application_key"), now.ToUnixTimeSeconds(), "payment",
        request.Amount.Currency.Code, request.Amount.MinorUnits, CidOf(request.Customer?.Id ?? request.PaymentId), LocaleOf(connection),
        CustomerOf(request.Country, request.Customer?.Name, request.Customer?.Email, request.Customer?.Phone), connection.WebhookUrl,
        request.ReturnUrl?.OriginalString, request.PaymentId, request.Reference);

    public static PraxisCashierOrder Withdrawal(PayoutRequest request, Connection connection, DateTimeOffset now) => new(
        connection.Value("merchant_id"), connection.Value("application_key"), now.ToUnixTimeSeconds(), "withdrawal",
        request.Amount.Currency.Code, request.Amount.MinorUnits, CidOf(request.CustomerId ?? request.PayoutId), LocaleOf(connection),
        CustomerOf(request.Country, request.Destination.Holder), connection.WebhookUrl, null, request.PayoutId, request.Reference);

    public static PraxisWithdrawalOrder Complete(long request, Connection connection, DateTimeOffset now) => new(
        connection.Value("merchant_id"), connection.Value("application_key"), now.ToUnixTimeSeconds(), "complete-withdrawal-request",
        request, connection.FindValue("default_gateway"));

    public static PraxisFindOrder Find(string order, Connection connection, DateTimeOffset now) =>
        new(connection.Value("merchant_id"), connection.Value("application_key"), now.ToUnixTimeSeconds(), order);

    /// <param name="tid">Of the approved sale.</param>
    /// <param name="amount">In the currency in which it was charged.</param>
    public static PraxisRefundOrder Refund(
        RefundRequest request, long tid, Money amount, string cid, Connection connection, DateTimeOffset now) => new(
        connection.Value("merchant_id"), connection.Value("application_key"), now.ToUnixTimeSeconds(), amount.Currency.Code,
        amount.MinorUnits, cid, LocaleOf(connection), request.RefundId, tid, connection.WebhookUrl);

    /// <summary>Praxis wants no e-mail address or the like: what looks as if it could be one goes as a hash, always the same.</summary>
    public static string CidOf(string customer) => PlainId().IsMatch(customer)
        ? customer : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(customer)))[..MaxCid];

    private static string LocaleOf(Connection connection) => connection.FindValue("locale") ?? "en-GB";

    private static PraxisCustomerData CustomerOf(string? country, string? name, string? email = null, string? phone = null)
    {
        var names = (name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new PraxisCustomerData(
            country, names.Length > 0 ? string.Join(' ', names[..Math.Max(1, names.Length - 1)]) : null,
            names.Length > 1 ? names[^1] : null, email, phone?.TrimStart('+'));
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,50}$")]
    private static partial Regex PlainId();
}
