using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.BridgerPay;

/// <summary>What BridgerPay's refusals mean. Beyond the status it has words, and the fields that it did not take.</summary>
/// <remarks>Source: https://docs.bridgerpay.com (API v2). Rate limits are not published.</remarks>
internal static partial class BridgerPayFailures
{
    private static readonly ErrorCodes Codes = new()
    {
        { "Forbidden", AccountRestricted, "No provider behind BridgerPay fits the country and the currency." },
        { "BadRequest" },
        { "NotFound" },
        { "Unauthorized" },
        { "validation_error" },
    };

    /// <summary>What a status says of why it came to nothing: the codes beside it are those of the provider behind BridgerPay.</summary>
    private static readonly ErrorCodes Statuses = new()
    {
        { "declined", CardDeclined, "The bank, or the provider behind BridgerPay, declined." },
        { "declined_due_to_invalid_credit_card", InvalidCard, "The card's details are wrong." },
        { "approved_on_hold", Other, "BridgerPay holds the payment: less was received than asked. Look at it in its dashboard." },
    };

    public static readonly ProviderFailure WrongLogin = ProviderFailure.Rejected(
        FailureCause.Authentication, "login_failue", "BridgerPay knows no API user of this user_name and password.");

    public static readonly ProviderFailure NoCountry = ProviderFailure.Rejected(
        FailureCause.Account, "country_required",
        "BridgerPay takes nothing without a country: send country, or enter default_country in the integration's credentials.");

    public static readonly ProviderFailure NoPayouts = ProviderFailure.Rejected(
        FailureCause.Account, "payout_provider_missing",
        "For payouts enter payout_provider and payout_fields in the integration's credentials.");

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var answer = ProviderHttp.TryRead(reply, BridgerPayJson.Default.BridgerPayAnswer);
        var (said, status) = (answer?.Response?.Message, answer?.Response?.Status);
        var code = said is not null && Word().IsMatch(said) ? said : string.IsNullOrEmpty(status) ? null : status;
        var failure = Codes.Refine(HttpFailures.Classify(reply, code, string.IsNullOrEmpty(said) ? status : said));
        if (Fields(answer) is { Length: > 0 } fields)
            failure = failure with { Message = $"{failure.Message} ({fields})" };
        // No provider behind BridgerPay fits the country and the currency: another provider of the hub's may.
        return reply.Status == HttpStatusCode.Forbidden ? failure with { Cause = FailureCause.Account } : failure;
    }

    /// <param name="status">A word of BridgerPay's.</param>
    /// <param name="code">That of the provider behind it; null when it is not told.</param>
    public static FailureDetail Explain(string status, string? code = null, string? why = null)
    {
        var told = Statuses.Explain(status, why);
        return code is null ? told : told with { Code = code };
    }

    /// <summary>As <see cref="Classify"/>; whatever left it open is looked up before it is sent again, a rate limit included.</summary>
    public static ProviderFailure ClassifyPayout(ProviderReply reply)
    {
        var failure = Classify(reply);
        return failure.Outcome == FailureOutcome.Rejected ? failure : failure with { NothingHappened = false };
    }

    public static ProviderFailure NotPaid(string payment) =>
        ProviderFailure.Rejected(FailureCause.Request, "not_refundable", $"BridgerPay has no approved deposit of {payment} to give back.");

    public static ProviderFailure NoRefundId(string payment) => ProviderFailure.Rejected(
        FailureCause.Request, "refund_id_unknown",
        $"BridgerPay has not told the refund id of {payment} in a notification (yet), without which it takes no refund.");

    public static ProviderFailure RefundInDoubt(string refund) => ProviderFailure.Rejected(
        FailureCause.Provider, "refund_in_doubt",
        $"BridgerPay does not tell which refunds were made, and late: whether {refund} was, its dashboard shows.");

    public static ProviderFailure PayoutInDoubt(string payout) => ProviderFailure.Rejected(
        FailureCause.Provider, "payout_in_doubt",
        $"BridgerPay found payouts of which none is certain to be {payout}: whether it was made, its dashboard shows.");

    public static ProviderFailure NotOffered(string provider) => ProviderFailure.Rejected(
        FailureCause.Account, "payout_provider_not_offered",
        $"BridgerPay does not offer payouts through '{provider}' in this country and currency.");

    public static ProviderFailure NoPart(string part) => ProviderFailure.Rejected(
        FailureCause.Request, "destination_not_supported", $"The payout provider needs destination.{part}: the payout has none.");

    private static string Fields(BridgerPayAnswer? answer) => answer?.Result is not { ValueKind: JsonValueKind.Array } list ? ""
        : string.Join("; ", list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object).Select(one =>
            $"{Text(one, "field")}: {Text(one, "message")}"));

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex("^[a-z][a-z0-9_]+$")]
    private static partial Regex Word();
}
