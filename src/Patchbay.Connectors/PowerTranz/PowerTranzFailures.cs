using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>
/// What PowerTranz's refusals mean, by the code of the first error, else by the ISO 8583 code. Most of them come with HTTP status 200.
/// </summary>
/// <remarks>Source: https://developer.powertranz.com/docs/isoresponsecode and .../iso8583-response-codes.</remarks>
internal static class PowerTranzFailures
{
    private static readonly ErrorCodes Codes = new()
    {
        { "01", CardDeclined, "The customer's bank wants to be asked." },
        { "02", CardDeclined, "The customer's bank wants to be asked." },
        { "03", AccountRestricted, "The merchant's account is not known to the acquirer." },
        { "04", FraudSuspected, "The card is to be kept." },
        { "05", CardDeclined, "The customer's bank declined." },
        { "07", FraudSuspected, "The card is to be kept." },
        { "12", InvalidRequest, "The transaction is not valid." },
        { "13", InvalidRequest, "The amount is not valid." },
        { "14", InvalidCard, "There is no card of this number." },
        { "15", InvalidCard, "There is no bank of this card." },
        { "41", FraudSuspected, "The card is reported lost." },
        { "43", FraudSuspected, "The card is reported stolen." },
        { "51", InsufficientFunds, "The account has not enough money." },
        { "54", ExpiredCard, "The card has expired." },
        { "55", AuthenticationRequired, "The PIN is wrong." },
        { "57", MethodNotSupported, "The customer may not use the card for this." },
        { "58", AccountRestricted, "The merchant may not do this." },
        { "59", FraudSuspected, "The customer's bank takes it for fraud." },
        { "61", LimitExceeded, "Above what the card allows." },
        { "62", FraudSuspected, "The card is restricted." },
        { "65", LimitExceeded, "The card was used too often." },
        { "75", LimitExceeded, "The PIN was entered wrong too often." },
        { "82", InvalidCard, "The card's security code was wrong." },
        { "89", InvalidCredentials, "Enter the PowerTranz id and password of the world that the integration's mode names." },
        { "91", ProviderUnavailable, "The customer's bank cannot be reached." },
        { "96", ProviderUnavailable, "A system on the way to the bank failed." },
        { "98", ProviderUnavailable, "The acquirer cannot be reached." },
        { "315", AccountRestricted, "The account does not take the currency: have it enabled, or use its own id and password." },
    };

    /// <summary>Why 3-D Secure, or the whole payment, did not come about: the connector's words.</summary>
    private static readonly ErrorCodes Words = new()
    {
        { "3ds_failed", AuthenticationRequired, "The customer did not pass 3-D Secure." },
        { "3ds_not_authenticated", AuthenticationRequired, "The customer did not pass 3-D Secure." },
        { "3ds_rejected", FraudSuspected, "The customer's bank refused 3-D Secure." },
        { "3ds_not_supported", MethodNotSupported, "The card has no 3-D Secure 2; three_ds_unsupported decides what then." },
        { "3ds_unavailable", ProviderUnavailable, "The bank's 3-D Secure could not be reached: three_ds_unavailable says what then." },
        { "10", LimitExceeded, "The bank approved only a part of the amount, which was given back." },
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var told = ProviderHttp.TryRead(reply, PowerTranzJson.Default.PowerTranzTransaction);
        var failure = HttpFailures.Classify(reply, CodeOf(told), TextOf(told));
        var known = Codes.Refine(failure);
        return known.HttpStatus < 500 && known.Outcome == Transient ? known with { NothingHappened = false } : known;
    }

    /// <summary>Of an answer with a success status that is none.</summary>
    public static ProviderFailure Of(PowerTranzTransaction told) => (CodeOf(told), Codes.Find(CodeOf(told))) switch
    {
        ({ } code, { } known) =>
            new ProviderFailure(known.Outcome, known.Cause, code, TextOf(told) ?? known.Text) { Reason = known.Reason },
        ({ } code, null) when told.Approved == false || told.Errors is [_, ..] =>
            ProviderFailure.Rejected(Request, code, TextOf(told) ?? "PowerTranz refused.") with { IsUnmapped = true },
        var (code, _) => ProviderFailure.Unreadable($"PowerTranz answered the unknown code '{code}'."),
    };

    /// <param name="text">What PowerTranz says of it; null takes what the tables say.</param>
    public static FailureDetail Explain(string code, string? text = null) => (Words.Find(code) is null ? Codes : Words).Explain(code, text);

    /// <summary>The money did not move, and may if it is tried again.</summary>
    public static bool MayPass(string? code) => Codes.Find(code)?.Outcome == Transient;

    public static bool IsDecline(string? code) => Codes.Find(code)?.Outcome == Rejected;

    /// <summary>For an operator; null where nothing is said.</summary>
    public static string? TextOf(PowerTranzTransaction? told) =>
        told?.Errors is [{ Message: { } message }, ..] ? message : Codes.Find(CodeOf(told))?.Text ?? told?.ResponseMessage;

    public static string? CodeOf(PowerTranzTransaction? told) =>
        told?.Errors is [{ Code: { Length: > 0 } code }, ..] ? code : told?.IsoResponseCode;

    public static ProviderFailure OtherCurrency(Money amount, string taken) => ProviderFailure.Rejected(
        Account, "currency_not_enabled", $"This PowerTranz account takes {taken}, and not {amount.Currency}.");

    public static ProviderFailure NoContact { get; } = ProviderFailure.Rejected(
        Request, "customer_contact_missing", "3-D Secure needs the customer's e-mail address or phone number: send one of them.");

    public static ProviderFailure NotAgreed(string payment) => ProviderFailure.Rejected(
        Request, "not_agreed_yet", $"The customer has not gone through the page of {payment} yet.");

    /// <summary>Not that it was not made: nothing tells.</summary>
    public static ProviderFailure NotToBeFound(string what, string payment) => new(
        Unknown, Provider, "not_to_be_found",
        $"What PowerTranz lists of {payment} does not tell whether {what} was made: look it up in its portal.");

    public static ProviderFailure NoSuchRefund(string refund) =>
        ProviderFailure.Rejected(Request, "refund_unknown", $"PowerTranz does not list the refund {refund}.");

    /// <summary>The bank reserved less than the payment, which is no payment: the rest would be owed.</summary>
    public static ProviderFailure PartlyApproved(PowerTranzTransaction told) => new(
        Unknown, Provider, "10",
        $"The bank approved only {told.TotalAmount} of {told.TransactionIdentifier}, and that was not given back: void it in the portal.");
}
