using System.Collections.Frozen;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureCause;
using static Patchbay.Connectors.Contracts.FailureOutcome;

namespace Patchbay.Connectors.Twilio;

/// <summary>What a Twilio error code means for the hub.</summary>
/// <param name="Text">For an operator; callbacks carry only the number.</param>
internal sealed record TwilioErrorMeaning(FailureOutcome Outcome, FailureCause Cause, string Text);

/// <summary>The codes the hub acts on. Twilio refines its codes now and then, so an unknown one falls back to the HTTP status.</summary>
/// <remarks>Source: https://www.twilio.com/docs/api/errors.</remarks>
internal static class TwilioErrorCodes
{
    private static readonly FrozenDictionary<int, TwilioErrorMeaning> Known = new Dictionary<int, TwilioErrorMeaning>
    {
        [20003] = new(Rejected, Authentication, "Twilio refused the credentials."),
        [20429] = new(Transient, RateLimit, "Too many requests at once."),
        [21211] = new(Rejected, Request, "The recipient's number is not valid."),
        [21212] = new(Rejected, Account, "The sender's number is not valid."),
        [21408] = new(Rejected, Account, "The account may not send to this region."),
        [21606] = new(Rejected, Account, "The sender cannot send SMS."),
        [21608] = new(Rejected, Account, "A trial account may only write to verified numbers."),
        [21610] = new(Rejected, Recipient, "The recipient opted out (STOP)."),
        [21611] = new(Transient, RateLimit, "The sender's queue is full."),
        [21612] = new(Rejected, Account, "The sender cannot reach this recipient."),
        [21614] = new(Rejected, Recipient, "The recipient's number is not a mobile number."),
        [30001] = new(Transient, RateLimit, "The queue is full."),
        [30002] = new(Rejected, Account, "The account is suspended."),
        [30003] = new(Transient, Recipient, "The handset cannot be reached."),
        [30004] = new(Rejected, Recipient, "The message was blocked."),
        [30005] = new(Rejected, Recipient, "The handset is unknown."),
        [30006] = new(Rejected, Recipient, "A landline or a carrier that cannot be reached."),
        [30007] = new(Rejected, Recipient, "The carrier filtered the message."),
        [30008] = new(Transient, Provider, "Not delivered, for an unknown reason."),
        [63016] = new(Rejected, Request, "Outside WhatsApp's 24-hour window: only a template may be sent."),
    }.ToFrozenDictionary();

    /// <summary>Null for a code that is not in the table.</summary>
    public static TwilioErrorMeaning? Find(int? code) => code is { } number ? Known.GetValueOrDefault(number) : null;
}
