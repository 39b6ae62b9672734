using System.Globalization;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;

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
        { "20003", Rejected, Authentication, "Twilio refused the credentials." },
        { "20429", Transient, RateLimit, "Too many requests at once." },
        { "21211", Rejected, Request, "The recipient's number is not valid." },
        { "21212", Rejected, Account, "The sender's number is not valid." },
        { "21408", Rejected, Account, "The account may not send to this region." },
        { "21606", Rejected, Account, "The sender cannot send SMS." },
        { "21608", Rejected, Account, "A trial account may only write to verified numbers." },
        { "21610", Rejected, OptedOut, "The recipient opted out (STOP)." },
        { "21611", Transient, RateLimit, "The sender's queue is full." },
        { "21612", Rejected, Account, "The sender cannot reach this recipient." },
        { "21614", Rejected, Recipient, "The recipient's number is not a mobile number." },
        { "30001", Transient, RateLimit, "The queue is full." },
        { "30002", Rejected, Account, "The account is suspended." },
        { "30003", Transient, Recipient, "The handset cannot be reached." },
        { "30004", Rejected, Recipient, "The message was blocked." },
        { "30005", Rejected, Recipient, "The handset is unknown." },
        { "30006", Rejected, Recipient, "A landline or a carrier that cannot be reached." },
        { "30007", Rejected, Recipient, "The carrier filtered the message." },
        { "30008", Transient, Provider, "Not delivered, for an unknown reason." },
        { "63016", Rejected, Request, "Outside WhatsApp's 24-hour window: only a template may be sent." },
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, TwilioJson.Default.TwilioError);
        return Codes.Refine(HttpFailures.Classify(reply, error?.Code?.ToString(CultureInfo.InvariantCulture), error?.Message));
    }

    public static ProviderFailure NotAContentSid(string name) => ProviderFailure.Rejected(
        Request, "not_a_content_sid", $"At Twilio a template is named by its content SID (HX and 32 hexadecimal digits), not '{name}'.");
}
