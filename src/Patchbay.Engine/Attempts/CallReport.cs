using Patchbay.Connectors.Contracts;

namespace Patchbay.Engine;

/// <summary>What came of a call or a look-up.</summary>
/// <param name="Answer">The connector's value; null when it failed, or when a look-up found nothing.</param>
/// <param name="Failure">Null when it went well.</param>
/// <param name="Exchanges">What was sent and received, redacted.</param>
public sealed record CallReport(object? Answer, ProviderFailure? Failure, IReadOnlyList<Exchange> Exchanges)
{
    internal static readonly CallReport NothingKnown = new(null, null, []);

    /// <summary>
    /// How long nothing more is to go to this destination: it is overloaded, or said so. Null: the next call may go at once.
    /// </summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>When the call began and how long it took, where the feature keeps figures of its own; else null.</summary>
    public CallTiming? Timing { get; init; }
}

/// <summary>The time of one call.</summary>
public sealed record CallTiming(DateTimeOffset StartedAt, TimeSpan Took);
