using System.Globalization;

namespace Patchbay.Connectors.Contracts;

/// <summary>The classification of HTTP statuses that holds for most providers; a connector starts from it and says what differs.</summary>
public static class HttpFailures
{
    /// <summary>
    /// 408, 409, 425, 429 and 5xx are transient (429 and 425 prove that nothing happened), other 4xx are rejected: 401 and 403 as
    /// authentication, 402 as the account's, the rest as a wrong request. An answer that is no failure by its status, a redirect for
    /// example, leaves open what happened: unknown.
    /// </summary>
    public static ProviderFailure Classify(ProviderReply reply, string? code, string? message)
    {
        var status = (int)reply.Status;
        var (outcome, cause) = status switch
        {
            401 or 403 => (FailureOutcome.Rejected, FailureCause.Authentication),
            402 => (FailureOutcome.Rejected, FailureCause.Account),
            408 or 409 or 425 => (FailureOutcome.Transient, FailureCause.Provider),
            429 => (FailureOutcome.Transient, FailureCause.RateLimit),
            >= 500 => (FailureOutcome.Transient, FailureCause.Provider),
            < 400 => (FailureOutcome.Unknown, FailureCause.Provider),
            _ => (FailureOutcome.Rejected, FailureCause.Request),
        };
        return new ProviderFailure(
            outcome, cause, code ?? "http_" + status.ToString(CultureInfo.InvariantCulture), message ?? $"The provider answered {status}.")
        {
            HttpStatus = status,
            IsUnmapped = code is not null,
            RetryAfter = RetryAfter.Read(reply.Headers.RetryAfter, reply.ReceivedAt),
            NothingHappened = outcome == FailureOutcome.Rejected || status is 425 or 429,
        };
    }
}
