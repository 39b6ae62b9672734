using System.Globalization;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;

namespace Patchbay.Connectors.Mollie;

/// <summary>What Mollie's refusals mean. It has no codes: the status, and the field that is at fault, stand for one.</summary>
/// <remarks>
/// Source: https://docs.mollie.com/reference/handling-errors. 409 tells of a second refund like one just made: whether that was this one,
/// the list of refunds says.
/// </remarks>
internal static class MollieFailures
{
    /// <summary>The faults that are not the request's own, so that another provider may do it.</summary>
    private static readonly ErrorCodes Codes = new()
    {
        { "422.webhookUrl", Rejected, Account, "Set Patchbay:PublicUrl to an address that Mollie reaches over the internet." },
        { "422.profileId", Rejected, Account, "Enter the profile_id of the profile that takes the payments." },
        { "422.method", Rejected, Account, "Enable a payment method for this currency and amount on the profile." },
        { "422.captureMode", Rejected, Account, "Enable cards on the profile: they can be captured later." },
    };

    public static readonly ProviderFailure NoReturnUrl = ProviderFailure.Rejected(
        Request, "return_url_required", "Mollie takes payments on its own page: send return_url, where the customer goes afterwards.");

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, MollieJson.Default.MollieError);
        var code = error?.Field is { Length: > 0 } field
            ? ((int)reply.Status).ToString(CultureInfo.InvariantCulture) + "." + field
            : null;
        var failure = Codes.Refine(HttpFailures.Classify(reply, code, error?.Detail ?? error?.Title));
        return Codes.Find(code) is { } known ? failure with { Message = $"{failure.Message} {known.Text}" } : failure;
    }

    public static ProviderFailure NotCancelable(string payment) => ProviderFailure.Rejected(
        Request, "not_cancelable", $"Mollie lets nobody cancel the open payment {payment}: it ends when its page expires.");

    public static ProviderFailure CaptureFailed(string payment) => ProviderFailure.Rejected(
        Recipient, "capture_failed", $"The capture of {payment} failed at the customer's bank.");
}
