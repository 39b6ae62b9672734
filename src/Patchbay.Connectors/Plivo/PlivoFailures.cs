using System.Text.Json;
using Patchbay.Connectors.Contracts;
using static Patchbay.Connectors.Contracts.FailureReason;

namespace Patchbay.Connectors.Plivo;

/// <summary>What Plivo's refusals mean. Their bodies have a text but no code, so the status is all there is.</summary>
internal static class PlivoFailures
{
    /// <summary>The delivery codes the hub acts on, and those that Plivo's page explains; others are shown as a number only.</summary>
    /// <remarks>Source: https://www.plivo.com/docs/messaging/troubleshooting/error-codes.</remarks>
    public static readonly ErrorCodes Codes = new()
    {
        { "10", InvalidRequest, "The message is not valid." },
        { "20", ProviderUnavailable, "A network error." },
        { "30", Blocked, "The carrier took it for spam." },
        { "40", AccountRestricted, "The sender is not valid." },
        { "50", InvalidDestination, "The recipient's number is not valid." },
        { "200", OptedOut, "The recipient opted out (STOP)." },
        { "420", Unreachable, "The message expired in Plivo's queue." },
    };

    public static ProviderFailure Classify(ProviderReply reply)
    {
        var failure = HttpFailures.Classify(reply, null, Text(reply));
        // 403 is also the answer for a country the account may not send to, so it does not prove wrong credentials.
        // https://docs.plivo.com/docs/messaging/api/response
        return failure.HttpStatus == 403 ? failure with { Cause = FailureCause.Account } : failure;
    }

    private static string? Text(ProviderReply reply) =>
        ProviderHttp.TryRead(reply, PlivoJson.Default.PlivoError)?.Error is { ValueKind: JsonValueKind.String } error
            ? error.GetString() : null;
}
