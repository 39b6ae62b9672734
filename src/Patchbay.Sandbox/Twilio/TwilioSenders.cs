using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Patchbay.Sandbox.Twilio;

/// <summary>Who can send: a number, a short code or a name.</summary>
/// <remarks>Twilio's own test numbers: https://www.twilio.com/docs/iam/test-credentials.</remarks>
internal static partial class TwilioSenders
{
    private static readonly FrozenDictionary<string, (int Code, string Text)> TestNumbers = new Dictionary<string, (int, string)>
    {
        ["+15005550001"] = (21212, "The 'From' number +15005550001 is not a valid phone number, shortcode, or alphanumeric sender ID."),
        ["+15005550007"] = (21606, "The 'From' phone number +15005550007 is not a valid, message-capable number of this account."),
        ["+15005550008"] = (21611, "The 'From' number +15005550008 has exceeded the maximum number of queued messages."),
    }.ToFrozenDictionary();

    /// <summary>Why it cannot; null when it can.</summary>
    public static (int Code, string Text)? Refuse(string from) =>
        TestNumbers.TryGetValue(from, out var refusal) ? refusal
        : Sender().IsMatch(from) ? null
        : (21212, $"The 'From' number {from} is not a valid phone number, shortcode, or alphanumeric sender ID.");

    [GeneratedRegex(@"^(whatsapp:)?\+[1-9][0-9]{6,14}$|^[0-9]{3,8}$|^(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11}$")]
    private static partial Regex Sender();
}
