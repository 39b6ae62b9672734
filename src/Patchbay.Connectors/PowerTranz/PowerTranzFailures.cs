using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;

namespace Patchbay.Connectors.PowerTranz;

/// <summary>
/// What PowerTranz's refusals mean, by the code of the first error, else by the ISO 8583 code. Most of them come with HTTP status 200.
/// </summary>
/// <remarks>Source: https://developer.powertranz.com/docs/isoresponsecode and .../iso8583-response-codes.</remarks>
internal static class PowerTranzFailures
{
    private static readonly ErrorCodes Codes = new()
    {
        { "03", Rejected, Account, "The merchant's account is not known to the acquirer." },
        { "05", Rejected, Recipient, "The customer's bank declined." },
        { "12", Rejected, Request, "The transaction is not valid." },
        { "13", Rejected, Request, "The amount is not valid." },
        { "14", Rejected, Recipient, "There is no card of this number." },
        { "51", Rejected, Recipient, "The account has not enough money." },
        { "54", Rejected, Recipient, "The card has expired." },
        { "82", Rejected, Recipient, "The card's security code was wrong." },
        { "89", Rejected, Authentication, "Enter the PowerTranz id and password of the world that the integration's mode names." },
        { "91", Transient, Provider, "The customer's bank cannot be reached." },
        { "96", Transient, Provider, "A system on the way to the bank failed." },
        { "98", Transient, Provider, "The acquirer cannot be reached." },
        { "315", Rejected, Account, "The account does not take the currency: have it enabled, or use its own id and password." },
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var told = ProviderHttp.TryRead(reply, PowerTranzJson.Default.PowerTranzTransaction);
        var failure = HttpFailures.Classify(reply, CodeOf(told), TextOf(told));
        return failure.HttpStatus < 500 && Codes.Find(failure.Code) is { } known
            ? failure with { Outcome = known.Outcome, Cause = known.Cause, NothingHappened = known.Outcome == Rejected } : failure;
    }

    /// <summary>Of an answer with a success status that is none.</summary>
    public static ProviderFailure Of(PowerTranzTransaction told) => (CodeOf(told), Codes.Find(CodeOf(told))) switch
    {
        ({ } code, { } known) => new ProviderFailure(known.Outcome, known.Cause, code, TextOf(told) ?? known.Text),
        ({ } code, null) when told.Approved == false || told.Errors is [_, ..] =>
            ProviderFailure.Rejected(Request, code, TextOf(told) ?? "PowerTranz refused."),
        var (code, _) => ProviderFailure.Unreadable($"PowerTranz answered the unknown code '{code}'."),
    };

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
