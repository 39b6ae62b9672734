using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureOutcome;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.TextLocal;

/// <summary>What TextLocal's refusals mean: they come with status 200, so that the body alone tells them.</summary>
internal static class TextLocalFailures
{
    /// <summary>The codes of answers, and the letters by which receipts say that a message did not arrive.</summary>
    /// <remarks>
    /// Sources: https://api.txtlocal.com/docs/sendsms, https://api.txtlocal.com/docs/helpfulinfo; TextlocalConstants of
    /// github.com/shailahir/textlocal-api.
    /// </remarks>
    public static readonly ErrorCodes Codes = new()
    {
        { "1", InvalidRequest, "The command is missing." },
        { "2", InvalidRequest, "The command is not known, or not to an account that was moved to Webex Interact." },
        { "3", InvalidCredentials, "The API key is not valid." },
        { "4", InvalidRequest, "There are no recipients." },
        { "5", InvalidRequest, "There is no text." },
        { "6", InvalidRequest, "The text is too long." },
        { "7", InsufficientBalance, "The account has not enough credits." },
        { "8", InvalidRequest, "The time is not valid." },
        { "9", InvalidRequest, "The time is in the past." },
        { "10", InvalidRequest, "The group is not valid." },
        { "11", InvalidRequest, "The group is not valid." },
        { "15", InvalidRequest, "The JSON is not valid." },
        { "32", InvalidRequest, "The number is not written as TextLocal wants it." },
        { "33", InvalidRequest, "Too many numbers at once." },
        { "34", InvalidRequest, "Numbers and a group at once." },
        { "43", AccountRestricted, "The sender is not valid, or not allowed to the account." },
        { "44", AccountRestricted, "There is no sender." },
        { "51", InvalidDestination, "The number is not valid." },
        { "55", InvalidRequest, "There are no numbers." },
        { "80", AccountRestricted, "The text is of no template that is approved for the account (India)." },
        { "191", AccountRestricted, Transient, "The time is outside of the hours in which it may be sent." },
        { "192", AccountRestricted, Transient, "Not at this time: in India, what is promotional goes from 9 to 21 o'clock only." },
        { "202", InvalidDestination, "The number is not valid, or there twice." },
        { "U", Unreachable, "The handset was not reached within about two days." },
        { "E", Unreachable, "The message expired before it was delivered." },
        { "I", InvalidDestination, "The number is not valid." },
        { "B", Blocked, "The number is on India's list of those that take nothing promotional (DND)." },
    };

    /// <summary>Another provider may take it.</summary>
    public static ProviderFailure TooLong(int longest) => ProviderFailure.Rejected(
        FailureCause.Account, "text_too_long", $"TextLocal takes texts of at most {longest} characters.") with
    {
        Reason = InvalidRequest,
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var answer = ProviderHttp.TryRead(reply, TextLocalJson.Default.TextLocalAnswer);
        return Codes.Refine(HttpFailures.Classify(reply, answer?.Code, answer?.Why));
    }

    /// <summary>An answer with a good status, which may be a refusal all the same.</summary>
    public static Result<TextLocalAnswer, ProviderFailure> Read(ProviderReply reply) =>
        ProviderHttp.Read(reply, TextLocalJson.Default.TextLocalAnswer).Then<TextLocalAnswer>(answer => answer.Status switch
        {
            "success" => answer,
            "failure" => Refused(reply, answer),
            _ => ProviderFailure.Unreadable("TextLocal's answer says neither success nor failure.") with { HttpStatus = (int)reply.Status },
        });

    private static ProviderFailure Refused(ProviderReply reply, TextLocalAnswer answer)
    {
        var refused = ProviderFailure.Rejected(FailureCause.Request, answer.Code ?? "failure", answer.Why ?? "TextLocal refused.");
        return Codes.Refine(refused with { HttpStatus = (int)reply.Status, IsUnmapped = answer.Code is not null });
    }
}
