using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.WiPay;

/// <summary>What WiPay's refusals mean. It has no codes: the status decides, and the text is shown.</summary>
/// <remarks>Source: https://docs.wipayfinancial.com (Payments API, WAPI).</remarks>
internal static class WiPayFailures
{
    /// <summary>WiPay's only words for what came to nothing; why, its text says.</summary>
    public static readonly ErrorCodes Codes = new()
    {
        { "failed", CardDeclined, "The card was declined." },
        { "refund_rejected", AccountRestricted, "WiPay rejected the refund: its portal tells why." },
    };

    public static ProviderFailure Classify(ProviderReply reply) => HttpFailures.Classify(
        reply, null, ProviderHttp.TryRead(reply, WiPayJson.Default.WiPayError)?.Message);

    public static ProviderFailure OtherCurrency(Money amount, string taken) => ProviderFailure.Rejected(
        Account, "currency_not_enabled", $"This WiPay account takes {taken}, and not {amount.Currency}.");

    public static ProviderFailure NoEmail { get; } = ProviderFailure.Rejected(
        Request, "customer_email_missing", "WiPay wants the customer's e-mail address, of at most 50 characters: send it.");

    public static ProviderFailure NoApiKey { get; } = ProviderFailure.Rejected(
        Authentication, "api_key_missing", "Enter the account's API key: without it no return can be believed in live mode.");

    public static ProviderFailure TooLong { get; } = ProviderFailure.Rejected(
        Request, "address_too_long",
        "WiPay takes return addresses of at most 255 characters: the hub's public address, or return_url, is too long.");

    public static ProviderFailure NoWapi { get; } = ProviderFailure.Rejected(
        Account, "wapi_key_missing",
        "Without a WAPI key WiPay cannot be asked, nor refund: enter one, or look into WiPay's portal and refund there.");

    public static ProviderFailure OnlyWhole(Money amount) => ProviderFailure.Rejected(
        Request, "partial_refund_not_supported", $"WiPay refunds all of a payment or nothing: not {amount}. Refund a part in its portal.");

    public static ProviderFailure NotThisAmount(string? told, Money asked) => ProviderFailure.Unreadable(
        $"WiPay says that {told ?? "something"} was paid where {asked} was asked for: look into its portal.");

    public static ProviderFailure Unknown(string? status) => ProviderFailure.Unreadable($"WiPay answered the unknown status '{status}'.");
}
