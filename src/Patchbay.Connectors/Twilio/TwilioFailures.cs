using System.Globalization;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Twilio;

/// <summary>What Twilio's refusals mean: the code in the body says more than the status.</summary>
internal static class TwilioFailures
{
    /// <summary>
    /// The codes the hub acts on. Twilio refines its codes now and then, so an unknown one falls back to the HTTP status.
    /// </summary>
    /// <remarks>Source: https://www.twilio.com/docs/api/errors.</remarks>
    public static readonly ErrorCodes Codes = new()
    {
        { "20003", InvalidCredentials, "Twilio refused the credentials." },
        { "20429", RateLimited, "Too many requests at once." },
        { "21211", InvalidRequest, "The recipient's number is not valid." },
        { "21212", AccountRestricted, "The sender's number is not valid." },
        { "21408", AccountRestricted, "The account may not send to this region." },
        { "21606", AccountRestricted, "The sender cannot send SMS." },
        { "21608", AccountRestricted, "A trial account may only write to verified numbers." },
        { "21610", FailureReason.OptedOut, "The recipient opted out (STOP)." },
        { "21611", RateLimited, "The sender's queue is full." },
        { "21612", AccountRestricted, "The sender cannot reach this recipient." },
        { "21614", InvalidDestination, "The recipient's number is not a mobile number." },
        { "30001", RateLimited, "The queue is full." },
        { "30002", AccountRestricted, "The account is suspended." },
        { "30003", Unreachable, Transient, "The handset cannot be reached." },
        { "30004", Blocked, "The message was blocked." },
        { "30005", InvalidDestination, "The handset is unknown." },
        { "30006", Unreachable, "A landline or a carrier that cannot be reached." },
        { "30007", Blocked, "The carrier filtered the message." },
        { "30008", ProviderUnavailable, "Not delivered, for an unknown reason." },
        { "63016", InvalidRequest, "Outside WhatsApp's 24-hour window: only a template may be sent." },
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, TwilioJson.Default.TwilioError);
        return Codes.Refine(HttpFailures.Classify(reply, error?.Code?.ToString(CultureInfo.InvariantCulture), error?.Message));
    }

    public static ProviderFailure NotAContentSid(string name) => ProviderFailure.Rejected(
        Request, "not_a_content_sid", $"At Twilio a template is named by its content SID (HX and 32 hexadecimal digits), not '{name}'.");
}
