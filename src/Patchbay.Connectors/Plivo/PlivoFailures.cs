using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Plivo;

/// <summary>What Plivo's refusals mean. Their bodies have a text but no code, so the status is all there is.</summary>
internal static class PlivoFailures
{
    /// <summary>The delivery codes the hub acts on, and those that Plivo's page explains; others are shown as a number only.</summary>
    /// <remarks>Source: https://www.plivo.com/docs/messaging/troubleshooting/error-codes.</remarks>
    public static readonly ErrorCodes Codes = new()
    {
        { "10", "The message is not valid." },
        { "20", "A network error." },
        { "30", "The carrier took it for spam." },
        { "40", "The sender is not valid." },
        { "50", "The recipient's number is not valid." },
        { "200", FailureOutcome.Rejected, FailureCause.OptedOut, "The recipient opted out (STOP)." },
        { "420", "The message expired in Plivo's queue." },
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
