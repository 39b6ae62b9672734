using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureOutcome;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Vonage;

/// <summary>What Vonage's refusals mean: the code at the end of the error's type says more than the status.</summary>
internal static class VonageFailures
{
    /// <summary>The codes of the Messages API, in answers and receipts alike, and the words that all of Vonage's APIs share.</summary>
    /// <remarks>Sources: https://developer.vonage.com/en/api-errors/messages, https://developer.vonage.com/en/api-errors.</remarks>
    public static readonly ErrorCodes Codes = new()
    {
        { "1000", RateLimited, "Too many messages at once." },
        { "1010", InvalidRequest, "Something that is needed is missing." },
        { "1020", InvalidRequest, "A value is not valid." },
        { "1021", InvalidRequest, "The tag is not valid." },
        { "1022", InvalidRequest, "The template or its values are not valid." },
        { "1030", ProviderUnavailable, "A fault at Vonage." },
        { "1040", InvalidRequest, "The message could not be processed, for example for the prefix of the number." },
        { "1050", InvalidDestination, "The number is barred: nothing may be sent to it." },
        { "1060", AccountRestricted, "The account is barred from sending." },
        { "1070", InsufficientBalance, "The account has not enough credit." },
        { "1080", AccountRestricted, "The account may not send by this API." },
        { "1090", InvalidRequest, "The message is too long." },
        { "1100", ProviderUnavailable, "Vonage could not pass the message on." },
        { "1110", InvalidCredentials, "The request's signature is not valid." },
        { "1120", AccountRestricted, "The sender is not allowed in the recipient's country." },
        { "1130", InvalidRequest, "The time to live is not valid." },
        { "1140", AccountRestricted, "The account may not use this." },
        { "1150", InvalidRequest, "The message class is not valid." },
        { "1160", AccountRestricted, "The account may only write to numbers on its list." },
        { "1170", InvalidDestination, "The recipient's number is not valid." },
        { "1180", Unreachable, Transient, "The handset cannot be reached now." },
        { "1190", InvalidDestination, "The number is not in use any more." },
        { "1200", Unreachable, "The recipient changed the carrier, and the number is not known there yet." },
        { "1210", Blocked, "The carrier took it for spam." },
        { "1220", Unreachable, Transient, "The handset is busy." },
        { "1230", ProviderUnavailable, "A network error." },
        { "1240", FailureReason.OptedOut, "The recipient opted out (STOP)." },
        { "1241", RateLimited, "Too many messages to this number." },
        { "1250", Unreachable, "There is no route to the recipient's network." },
        { "1260", Unreachable, "The recipient cannot be reached." },
        { "1270", Blocked, "The carrier blocked it for the recipient's age." },
        { "1280", Blocked, "The carrier blocked the number." },
        { "1290", Unreachable, "The recipient's prepaid account has not enough credit." },
        { "1300", InvalidDestination, "The recipient is not in the provider's network." },
        { "1310", InvalidDestination, "The recipient's device cannot take the message." },
        { "1320", Other, "The message was already sent." },
        { "1330", Other, "Not delivered, for an unknown reason." },
        { "1331", ProviderUnavailable, "The provider behind Vonage failed." },
        { "1340", InvalidRequest, "Outside of the window in which it may be sent." },
        { "1360", Unreachable, "The message expired before it was delivered." },
        { "account-suspended", AccountRestricted, "The account is suspended." },
        { "forbidden", AccountRestricted, "The account may not do this." },
        { "low-balance", InsufficientBalance, "The account has not enough credit." },
        { "unprovisioned", AccountRestricted, "The account may not use this API." },
        "invalid-api-key",
        "invalid-params",
        "invalid-signature",
        "jwt-expired",
        "jwt-revoked",
        "not-found",
        "unauthorized",
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var error = ProviderHttp.TryRead(reply, VonageJson.Default.VonageError);
        return Codes.Refine(HttpFailures.Classify(reply, error?.Code, error?.Detail ?? error?.Title));
    }
}
