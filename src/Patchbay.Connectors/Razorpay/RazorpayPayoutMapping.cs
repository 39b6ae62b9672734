using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Razorpay;

/// <summary>https://razorpay.com/docs/api/x/payout-composite/create/bank-account/</summary>
/// <param name="FundAccountId">One that Razorpay knows; else null, and the fund account is told.</param>
/// <param name="QueueIfLowBalance">False: without the money it is refused, and does not wait for it.</param>
internal sealed record RazorpayPayoutRequest(
    string AccountNumber, string? FundAccountId, RazorpayFundAccount? FundAccount, long Amount, string Currency, string Mode,
    string Purpose, bool QueueIfLowBalance, string ReferenceId);

internal sealed record RazorpayFundAccount(
    string AccountType, RazorpayBankAccount? BankAccount, RazorpayVpa? Vpa, RazorpayContact Contact);

internal sealed record RazorpayBankAccount(string Name, string Ifsc, string AccountNumber);

internal sealed record RazorpayVpa(string Address);

/// <param name="ReferenceId">The caller's own id of who is paid.</param>
internal sealed record RazorpayContact(string Name, string Type, string? ReferenceId);

/// <summary>RazorpayX's payouts as the hub sees them. Pure. An unknown status is never guessed.</summary>
internal static partial class RazorpayPayoutMapping
{
    private const int MaxReference = 40;
    private const int MaxContact = 50;

    public static readonly ProviderFailure NoAccount = ProviderFailure.Rejected(
        FailureCause.Account, "account_number_missing",
        "Enter account_number, the RazorpayX account that payouts are paid from, in the integration's credentials.");

    /// <summary>Another provider may pay there.</summary>
    private static readonly ProviderFailure NotADestination = ProviderFailure.Rejected(
        FailureCause.Account, "destination_not_supported",
        "RazorpayX pays to an Indian bank_account (holder, account_number, and the 11 characters of the IFSC as routing_code), to a "
            + "wallet whose account is a UPI address such as ann@okbank and whose holder is told, or to a provider_reference that is a "
            + "bank's fund account (fa_...).");

    private static readonly ProviderFailure NotInRupees = ProviderFailure.Rejected(
        FailureCause.Account, "currency_not_supported", "RazorpayX pays out in INR only.");

    /// <summary>Or what RazorpayX does not take: nothing is sent then.</summary>
    public static Result<RazorpayPayoutRequest, ProviderFailure> ToWire(PayoutRequest request, string account)
    {
        if (request.Amount.Currency.Code != "INR")
            return NotInRupees;
        var (to, customer) = (request.Destination, request.CustomerId?.UpTo(MaxReference));
        return to switch
        {
            { Type: PayoutMethod.BankAccount, AccountNumber: { } number, RoutingCode: { } ifsc, Holder: { } holder }
                when Ifsc().IsMatch(ifsc) && Holder().IsMatch(holder) => Order("NEFT", null, new RazorpayFundAccount(
                    "bank_account", new RazorpayBankAccount(holder, ifsc, number), null, Contact(holder))),
            { Type: PayoutMethod.Wallet, Account: { } address, Holder: { } holder }
                when Upi().IsMatch(address) && Holder().IsMatch(holder) => Order("UPI", null, new RazorpayFundAccount(
                    "vpa", null, new RazorpayVpa(address), Contact(holder))),
            { Type: PayoutMethod.ProviderReference, Reference: { } known } when known.StartsWith("fa_", StringComparison.Ordinal) =>
                Order("NEFT", known, null),
            _ => NotADestination,
        };

        // NEFT takes any amount, at any hour.
        RazorpayPayoutRequest Order(string mode, string? known, RazorpayFundAccount? fund) => new(
            account, known, fund, request.Amount.MinorUnits, "INR", mode, "payout", QueueIfLowBalance: false, request.PayoutId);

        RazorpayContact Contact(string holder) => new(holder.UpTo(MaxContact).TrimEnd(), "customer", customer);
    }

    public static Result<PayoutState, ProviderFailure> FromPayout(RazorpayPayout payout)
    {
        PayoutStatus? status = payout.Status switch
        {
            "queued" or "pending" or "processing" => PayoutStatus.Processing,
            "processed" => PayoutStatus.Paid,
            "failed" or "rejected" => PayoutStatus.Failed,   // the latter by somebody of the merchant's who had to approve it
            "cancelled" => PayoutStatus.Canceled,
            "reversed" => PayoutStatus.Returned,
            _ => null,
        };
        if (status is null)
            return RazorpayMapping.Unknown("payout", payout.Status);
        var why = status is PayoutStatus.Failed or PayoutStatus.Returned or PayoutStatus.Canceled ? payout.StatusDetails : null;
        var code = why?.Reason ?? (status == PayoutStatus.Failed ? payout.Status : null);
        return new PayoutState(payout.Id, status.Value, code is null ? null : RazorpayFailures.Declines.Explain(code, why?.Description))
        {
            Costs = RazorpayMapping.Fee(payout.Fees, "INR"),
        };
    }

    [GeneratedRegex("^[A-Z]{4}0[A-Z0-9]{6}$")]
    private static partial Regex Ifsc();

    /// <summary>What Razorpay takes for a name.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9 ’\-_/().]{4,120}$")]
    private static partial Regex Holder();

    [GeneratedRegex(@"^[A-Za-z0-9._\-]{2,256}@[A-Za-z0-9]{2,64}$")]
    private static partial Regex Upi();
}
