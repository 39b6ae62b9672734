using System.Globalization;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.WaBusiness;

/// <summary>What Meta's refusals mean: the code says more than the status, and the texts change.</summary>
internal static class WaBusinessFailures
{
    /// <summary>Free text, and the recipient has not written for a day.</summary>
    public const string OutsideWindow = "131047";

    /// <summary>The codes of answers and of status webhooks alike.</summary>
    /// <remarks>Source: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes.</remarks>
    public static readonly ErrorCodes Codes = new()
    {
        { "0", InvalidCredentials, "The access token could not be checked." },
        { "1", ProviderUnavailable, "An unknown fault at Meta." },
        { "2", ProviderUnavailable, "The service is down or overloaded." },
        { "3", AccountRestricted, "The app may not do this." },
        { "4", RateLimited, "The app has made too many calls." },
        { "10", AccountRestricted, "The token has not the permission." },
        { "33", AccountRestricted, "The phone number was deleted." },
        { "100", InvalidRequest, "A value is not valid." },
        { "100/33", AccountRestricted, "There is no such phone number ID, or the token may not see it." },
        { "190", InvalidCredentials, "The access token is not valid any more." },
        { "200", AccountRestricted, "The token has not the permission." },
        { "368", AccountRestricted, "The account is blocked for what it sent." },
        { "80007", RateLimited, "The account has sent too many messages." },
        { "130429", RateLimited, "Too many messages at once." },
        { "130472", Blocked, "The recipient is in an experiment of Meta's and gets no marketing templates." },
        { "130497", AccountRestricted, "The account may not write to people in this country." },
        { "131000", ProviderUnavailable, "An unknown fault at Meta." },
        { "131008", InvalidRequest, "Something that is needed is missing." },
        { "131009", InvalidRequest, "A value is not valid." },
        { "131016", ProviderUnavailable, "A service of Meta's is not available." },
        { "131021", InvalidRequest, "The recipient is the sender." },
        { "131026", Unreachable, "Not deliverable: not on WhatsApp, an old version of it, or its terms not accepted." },
        { "131030", AccountRestricted, "A test number may only write to the recipients on its list." },
        { "131031", AccountRestricted, "The account is locked." },
        { "131042", AccountRestricted, "The account's payment method does not work." },
        { "131045", AccountRestricted, "The phone number is not registered: its certificate is not valid." },
        {
            OutsideWindow, InvalidRequest,
            "The recipient has not written within the last 24 hours: only a template may be sent. Send one (template) instead of a text."
        },
        { "131048", RateLimited, "Too many of the number's messages were blocked or reported; Meta lets through fewer." },
        { "131049", Blocked, "Meta chose not to deliver it, for how much marketing the recipient gets. Wait a day before sending again." },
        { "131051", InvalidRequest, "The kind of message is not supported." },
        { "131052", InvalidRequest, "The media could not be downloaded." },
        { "131053", InvalidRequest, "The media could not be uploaded." },
        { "131056", RateLimited, "Too many messages to this recipient." },
        { "131057", ProviderUnavailable, "The account is in maintenance." },
        { "132000", InvalidRequest, "The number of values is not that of the template's placeholders." },
        { "132001", InvalidRequest, "There is no such template in this language, or it is not approved." },
        { "132005", InvalidRequest, "The filled-in template is too long." },
        { "132007", InvalidRequest, "The template's text violates a policy." },
        { "132012", InvalidRequest, "A value is not formatted as the template wants it." },
        { "132015", AccountRestricted, "The template is paused for its quality." },
        { "132016", AccountRestricted, "The template is disabled for its quality." },
        { "133004", ProviderUnavailable, "Meta's server is not available." },
        { "133010", AccountRestricted, "The phone number is not registered." },
        { "133016", RateLimited, "The phone number was registered too often." },
        { WaBusinessMapping.Paused, AccountRestricted, "Meta took the message and holds it back: its template is paused." },
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, WaBusinessJson.Default.WaBusinessRefusal)?.Error;
        var code = CodeOf(error);
        var failure = Codes.Refine(HttpFailures.Classify(reply, code, TextOf(code, error)));
        if (!failure.IsUnmapped)
            return failure;
        if (error?.Code is >= 200 and <= 299)   // permissions, one of many
            return failure with { Cause = FailureCause.Account, Reason = AccountRestricted, IsUnmapped = false };
        return error?.IsTransient == true && failure.Outcome == FailureOutcome.Rejected
            ? failure with { Outcome = FailureOutcome.Transient, Cause = FailureCause.Provider, Reason = ProviderUnavailable }
            : failure;
    }

    /// <summary>Null for no error. Where code and subcode together mean something else than the code, both.</summary>
    public static string? CodeOf(WaBusinessError? error)
    {
        var both = string.Create(CultureInfo.InvariantCulture, $"{error?.Code}/{error?.ErrorSubcode}");
        return Codes.Find(both) is null ? error?.Code?.ToString(CultureInfo.InvariantCulture) : both;
    }

    /// <summary>What Meta says of it, but where the hub knows what is to be done. Null: it says nothing.</summary>
    public static string? TextOf(string? code, WaBusinessError? error) => code == OutsideWindow
        ? Codes.Find(code)!.Text
        : error?.ErrorData?.Details ?? error?.ErrorUserMsg ?? error?.Message ?? error?.Title;

    public static ProviderFailure NotOurNumber(string from) => ProviderFailure.Rejected(
        FailureCause.Account, "not_our_number",
        $"The integration sends from one number only: leave 'from' away, or give its phone number ID instead of '{from}'.");

    public static ProviderFailure NoLanguage(string template) => ProviderFailure.Rejected(
        FailureCause.Request, "no_language",
        $"At Meta a template is named together with its language, for example en_US: '{template}' came without.");

    public static ProviderFailure GapInData(string template) => ProviderFailure.Rejected(
        FailureCause.Request, "gap_in_data",
        $"The data of '{template}' must have the placeholders 1, 2 and so on without a gap, or names only.");
}
