using System.Net.Http.Headers;
using Patchbay.Connectors.Contracts;
using Patchbay.Platform.Network;

namespace Patchbay.Integrations.Outbound;

/// <summary>What a receiver's refusal, or its silence, means.</summary>
public static class OutboundFailures
{
    /// <summary>The code of 410: the receiver wants nothing more.</summary>
    public const string Gone = "gone";

    private const string Timeout = "timeout";

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public static ProviderFailure Of(int status, RetryConditionHeaderValue? retryAfter, DateTimeOffset now) => status switch
    {
        410 => ProviderFailure.Rejected(
            FailureCause.Provider, Gone, "The receiver answered 410: it wants nothing more.") with { HttpStatus = status },
        429 => new ProviderFailure(FailureOutcome.Transient, FailureCause.RateLimit, "http_429", "The receiver answered 429: too many.")
        {
            HttpStatus = status, RetryAfter = RetryAfter.Read(retryAfter, now), NothingHappened = true,
        },
        >= 300 and < 400 => new ProviderFailure(
            FailureOutcome.Transient, FailureCause.Provider, "redirect", $"The receiver answered {status}: redirects are not followed.")
        {
            HttpStatus = status,
        },
        _ => new ProviderFailure(FailureOutcome.Transient, FailureCause.Provider, $"http_{status}", $"The receiver answered {status}.")
        {
            HttpStatus = status, RetryAfter = RetryAfter.Read(retryAfter, now),
        },
    };

    public static ProviderFailure TimedOut(TimeSpan limit) =>
        new(FailureOutcome.Unknown, FailureCause.Provider, Timeout, $"No answer within {limit.TotalSeconds:0} s.");

    public static ProviderFailure Of(Exception exception)
    {
        if (NetworkFailures.Causes(exception).OfType<AddressNotAllowedException>().FirstOrDefault() is { } refused)
        {
            return new ProviderFailure(FailureOutcome.Transient, FailureCause.Provider, "address_not_allowed", refused.Message)
            {
                NothingHappened = true,
            };
        }

        return NetworkFailures.Of(exception);
    }

    /// <summary>
    /// A receiver that is overloaded gets nothing for a minute at least, and for as long as it asks, up to an hour. Null: go on.
    /// </summary>
    public static TimeSpan? PauseAfter(ProviderFailure failure)
    {
        var slow = failure.HttpStatus is 429 or 502 or 504 || failure.Code == Timeout;
        if (!slow && failure.RetryAfter is null)
            return null;
        var asked = failure.RetryAfter ?? TimeSpan.Zero;
        return TimeSpan.FromTicks(Math.Clamp(asked.Ticks, slow ? ShortestPause.Ticks : 0, LongestPause.Ticks));
    }
}
