using System.Net.Http.Headers;

namespace Patchbay.Connectors.Contracts;

/// <summary>Reads how long an answer asks to wait.</summary>
public static class RetryAfter
{
    /// <summary>Never negative: a date that has passed means that there is no wait left. Null when nothing was said.</summary>
    public static TimeSpan? Read(RetryConditionHeaderValue? header, DateTimeOffset now) => header switch
    {
        { Delta: { } delta } when delta >= TimeSpan.Zero => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };
}
