using System.Globalization;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Twilio;

/// <summary>What Twilio's refusals mean: the code in the body says more than the status.</summary>
internal static class TwilioFailures
{
    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, TwilioJson.Default.TwilioError);
        var failure = HttpFailures.Classify(reply, error?.Code?.ToString(CultureInfo.InvariantCulture), error?.Message);
        // A 5xx may have come after the message was queued, whatever its code says; a code with a 4xx proves that it was refused.
        return (int)reply.Status < 500 && TwilioErrorCodes.Find(error?.Code) is { } known
            ? failure with { Outcome = known.Outcome, Cause = known.Cause, NothingHappened = true }
            : failure;
    }

    public static ProviderFailure NoSender(string what) => ProviderFailure.Rejected(
        FailureCause.Account, "no_sender", $"The integration has no {what}, and the message names no sender.");

    public static ProviderFailure NotAContentSid(string name) => ProviderFailure.Rejected(
        FailureCause.Request, "not_a_content_sid", $"At Twilio a template is named by its content SID (HX and 32 hexadecimal digits), not '{name}'.");
}
