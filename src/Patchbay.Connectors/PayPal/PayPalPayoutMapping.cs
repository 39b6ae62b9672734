using System.Net.Mail;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.PayPal;

/// <summary>PayPal's payouts as the hub sees them. Pure. An unknown status is a failure, never a guess.</summary>
internal static class PayPalPayoutMapping
{
    private const int LongestReceiver = 127;

    /// <summary>Or what PayPal does not take: nothing is sent then.</summary>
    public static Result<PayPalPayoutRequest, ProviderFailure> ToWire(PayoutRequest request)
    {
        if (Receiver(request.Destination) is not { } receiver)
            return PayPalPayoutFailures.NotADestination;
        if (PayPalAmounts.ToWire(request.Amount) is not { } amount)
            return PayPalFailures.NotRepresentable(request.Amount);
        return new PayPalPayoutRequest(
            new PayPalSenderBatch(request.PayoutId),
            [
                new PayPalPayoutOrder(
                    receiver.Type, receiver.Account, new PayPalPayoutMoney(amount.CurrencyCode, amount.Value), request.PayoutId),
            ]);
    }

    /// <summary>Its one item decides; before PayPal tells of that, the batch does.</summary>
    public static Result<PayoutState, ProviderFailure> FromBatch(PayPalPayoutBatch batch)
    {
        if (batch.Items is [{ TransactionStatus: not null } item, ..])
            return FromItem(item);
        var header = batch.BatchHeader;
        PayoutStatus? status = header.BatchStatus switch
        {
            "PENDING" or "PROCESSING" => PayoutStatus.Processing,
            "DENIED" => PayoutStatus.Failed,
            "CANCELED" => PayoutStatus.Canceled,
            _ => null,
        };
        return status is null
            ? ProviderFailure.Unreadable($"PayPal answered the batch status '{header.BatchStatus}' without the item that it is about.")
            : new PayoutState(
                header.PayoutBatchId, status.Value,
                status == PayoutStatus.Failed ? PayPalPayoutFailures.Declines.Explain(header.BatchStatus) : null);
    }

    /// <remarks>
    /// Unclaimed money waits for its receiver up to 30 days and then comes back. New, denied and canceled are PayPal's words in some of its
    /// pages, not in its specification.
    /// </remarks>
    public static Result<PayoutState, ProviderFailure> FromItem(PayPalPayoutItem item)
    {
        PayoutStatus? status = item.TransactionStatus switch
        {
            "SUCCESS" => PayoutStatus.Paid,
            "NEW" or "PENDING" or "ONHOLD" or "UNCLAIMED" => PayoutStatus.Processing,
            "FAILED" or "BLOCKED" or "DENIED" => PayoutStatus.Failed,
            "RETURNED" or "REFUNDED" or "REVERSED" => PayoutStatus.Returned,
            "CANCELED" => PayoutStatus.Canceled,
            _ => null,
        };
        if (status is null)
            return ProviderFailure.Unreadable($"PayPal answered the unknown payout status '{item.TransactionStatus}'.");
        var errors = status is PayoutStatus.Failed or PayoutStatus.Returned or PayoutStatus.Canceled ? item.Errors : null;
        var code = errors?.Name ?? (status == PayoutStatus.Failed ? item.TransactionStatus : null);
        return new PayoutState(
            item.PayoutBatchId, status.Value, code is null ? null : PayPalPayoutFailures.Declines.Explain(code, errors?.Message))
        {
            Costs = CostLine.Read("fee", item.PayoutItemFee?.Value, item.PayoutItemFee?.Currency),
        };
    }

    private static (string Type, string Account)? Receiver(PayoutDestination destination) => destination switch
    {
        { Account.Length: > LongestReceiver } or { Reference.Length: > LongestReceiver } => null,
        { Type: PayoutMethod.Wallet, Account: { } account } when PhoneNumber.TryParse(account, out _) => ("PHONE", account),
        { Type: PayoutMethod.Wallet, Account: { } account } when MailAddress.TryCreate(account, out var mail) && mail.Address == account =>
            ("EMAIL", account),
        { Type: PayoutMethod.ProviderReference, Reference: { } reference } => ("PAYPAL_ID", reference),
        _ => null,
    };
}
