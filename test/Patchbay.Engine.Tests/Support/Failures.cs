using Patchbay.Connectors.Contracts;

namespace Patchbay.Engine.Tests.Support;

/// <summary>The ways in which calls fail.</summary>
internal static class Failures
{
    public static ProviderFailure Unavailable { get; } =
        new(FailureOutcome.Transient, FailureCause.Provider, "unavailable", "503") { HttpStatus = 503, NothingHappened = true };

    public static ProviderFailure ServerError { get; } =
        new(FailureOutcome.Transient, FailureCause.Provider, "server_error", "500") { HttpStatus = 500 };

    public static ProviderFailure Timeout { get; } = new(FailureOutcome.Unknown, FailureCause.Provider, "timeout", "No answer.");

    public static ProviderFailure Declined { get; } = ProviderFailure.Rejected(FailureCause.Recipient, "card_declined", "No.");

    public static ProviderFailure BadRequest { get; } = ProviderFailure.Rejected(FailureCause.Request, "invalid", "No.");

    public static ProviderFailure BadKey { get; } = ProviderFailure.Rejected(FailureCause.Authentication, "bad_key", "No.");

    public static ProviderFailure Suspended { get; } = ProviderFailure.Rejected(FailureCause.Account, "suspended", "No.");

    public static ProviderFailure NotYetPossible { get; } =
        new(FailureOutcome.Transient, FailureCause.Account, "not_told_yet", "Nothing was sent.") { NothingHappened = true };

    public static ProviderFailure Busy(TimeSpan retryAfter) =>
        new(FailureOutcome.Transient, FailureCause.RateLimit, "rate_limited", "429") { HttpStatus = 429, NothingHappened = true,
            RetryAfter = retryAfter };
}
