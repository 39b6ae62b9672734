using Patchbay.Connectors.Contracts;

namespace Patchbay.Engine;

/// <summary>What is kept of an attempt: its outcome in the words of the record, and the last exchange with the destination.</summary>
internal static class AttemptRecord
{
    /// <param name="counted">With this attempt already counted.</param>
    public static Attempt Of(
        Delivery counted, LaneId lane, AttemptKind kind, DateTimeOffset startedAt, TimeSpan took, CallOutcome outcome,
        CallReport report) => new()
    {
        TenantId = counted.TenantId,
        DeliveryId = counted.Id,
        Number = counted.AttemptCount,
        Kind = kind,
        Lane = lane,
        StartedAt = startedAt,
        DurationMs = (int)Math.Min(took.TotalMilliseconds, int.MaxValue),
        Outcome = outcome switch
        {
            CallOutcome.Succeeded or CallOutcome.NotFound => AttemptOutcome.Ok,
            CallOutcome.Failed { Failure.Outcome: FailureOutcome.Rejected } => AttemptOutcome.Rejected,
            CallOutcome.Failed { Failure.Outcome: FailureOutcome.Transient } => AttemptOutcome.Transient,
            _ => AttemptOutcome.Unknown,
        },
        HttpStatus = report.Failure?.HttpStatus ?? (report.Exchanges.Count > 0 ? report.Exchanges[^1].HttpStatus : null),
        Code = outcome switch { CallOutcome.NodeLost => "node_lost", CallOutcome.NotFound => "not_found", _ => report.Failure?.Code },
        Message = outcome switch
        {
            CallOutcome.NodeLost => "The process stopped while it had this delivery; a call may or may not have been made.",
            CallOutcome.NotFound => "The provider does not know it: nothing was done.",
            _ => report.Failure?.Message,
        },
        RequestHash = report.Exchanges.Count > 0 ? report.Exchanges[^1].RequestHash : null,
        ResponseHash = report.Exchanges.Count > 0 ? report.Exchanges[^1].ResponseHash : null,
        RequestExcerpt = report.Exchanges.Count > 0 ? report.Exchanges[^1].RequestExcerpt : null,
        ResponseExcerpt = report.Exchanges.Count > 0 ? report.Exchanges[^1].ResponseExcerpt : null,
    };

    /// <summary>The same without a word that came from outside.</summary>
    public static Attempt WithoutContent(Attempt attempt) =>
        attempt with { Code = "apply_failed", Message = null, RequestExcerpt = null, ResponseExcerpt = null };
}
