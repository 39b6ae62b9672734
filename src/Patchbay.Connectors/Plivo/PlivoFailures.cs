using System.Text.Json;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Connectors.Plivo;

/// <summary>What Plivo's refusals mean. Their bodies have a text but no code, so the status is all there is.</summary>
internal static class PlivoFailures
{
    public static ProviderFailure Classify(ProviderReply reply)
    {
        var failure = HttpFailures.Classify(reply, null, Text(reply));
        // 403 is also the answer for a country the account may not send to, so it does not prove wrong credentials.
        // https://docs.plivo.com/docs/messaging/api/response
        return (int)reply.Status == 403 ? failure with { Cause = FailureCause.Account } : failure;
    }

    public static ProviderFailure NoSender() => ProviderFailure.Rejected(
        FailureCause.Account, "no_sender", "The integration has neither a sender nor a Powerpack, and the message names no sender.");

    private static string? Text(ProviderReply reply) =>
        ProviderHttp.TryRead(reply, PlivoJson.Default.PlivoError)?.Error is { ValueKind: JsonValueKind.String } error ? error.GetString() : null;
}
