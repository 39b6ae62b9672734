using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Cashfree;

internal sealed record CashfreeTransferRequest(
    string TransferId, decimal TransferAmount, string TransferCurrency, string? TransferMode, CashfreeBeneficiary BeneficiaryDetails,
    string? FundsourceId);

/// <param name="BeneficiaryId">One that Cashfree knows; else null, and the rest is told.</param>
internal sealed record CashfreeBeneficiary(
    string? BeneficiaryId, string? BeneficiaryName, CashfreeInstrument? BeneficiaryInstrumentDetails);

internal sealed record CashfreeInstrument(string? BankAccountNumber, string? BankIfsc, string? Vpa);

/// <summary>Cashfree's transfers as the hub sees payouts. Pure. An unknown status is a failure, never a guess.</summary>
internal static partial class CashfreeTransfers
{
    /// <summary>Or what Cashfree does not take: nothing is sent then.</summary>
    public static Result<CashfreeTransferRequest, ProviderFailure> ToWire(PayoutRequest request, string? fundSource)
    {
        if (request.Amount.Currency.Code != "INR")
            return CashfreeFailures.NotInRupees;
        (string? Mode, CashfreeBeneficiary Who)? to = request.Destination switch
        {
            { Type: PayoutMethod.BankAccount, Holder: { } holder, AccountNumber: { } number, RoutingCode: { } ifsc }
                when Account().IsMatch(number) && Ifsc().IsMatch(ifsc) =>
                ("banktransfer", new(null, holder, new CashfreeInstrument(number, ifsc, null))),
            { Type: PayoutMethod.Wallet, Holder: { } holder, Account: { } address } when Upi().IsMatch(address) =>
                ("upi", new(null, holder, new CashfreeInstrument(null, null, address))),
            { Type: PayoutMethod.ProviderReference, Reference: { } known } => (null, new(known, null, null)),
            _ => null,
        };
        return to is not { } found ? CashfreeFailures.NotADestination : new CashfreeTransferRequest(
            request.PayoutId, CashfreeRequests.Amount(request.Amount), "INR", found.Mode, found.Who, fundSource);
    }

    /// <summary>What was sent to the receiver's bank counts as paid: it may come back yet, and is told then.</summary>
    public static Result<PayoutState, ProviderFailure> FromTransfer(CashfreeTransfer transfer)
    {
        PayoutStatus? status = transfer.Status switch
        {
            "RECEIVED" or "APPROVAL_PENDING" or "PENDING" => PayoutStatus.Processing,
            "SUCCESS" => PayoutStatus.Paid,
            "FAILED" or "REJECTED" => PayoutStatus.Failed,
            "REVERSED" => PayoutStatus.Returned,
            _ => null,
        };
        if (status is null)
            return CashfreeMapping.Unknown("transfer", transfer.Status);
        var isBad = status is PayoutStatus.Failed or PayoutStatus.Returned;
        return new PayoutState(
            transfer.TransferId, status.Value,
            isBad ? CashfreeFailures.Declines.Explain(transfer.StatusCode ?? transfer.Status, transfer.StatusDescription) : null)
        {
            Costs = CashfreeMapping.Fee(transfer.TransferServiceCharge + (transfer.TransferServiceTax ?? 0)),
        };
    }

    [GeneratedRegex("^[A-Za-z0-9]{9,18}$")]
    private static partial Regex Account();

    [GeneratedRegex("^[A-Z]{4}0[A-Z0-9]{6}$")]
    private static partial Regex Ifsc();

    [GeneratedRegex(@"^[A-Za-z0-9._\-]{2,256}@[A-Za-z0-9]{2,64}$")]
    private static partial Regex Upi();
}
