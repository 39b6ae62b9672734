namespace Patchbay.Engine;

/// <summary>A call or a look-up that was made.</summary>
/// <param name="Report">Null when the node stopped waiting for it: nothing is known then.</param>
internal readonly record struct CallMade(AttemptKind Kind, DateTimeOffset StartedAt, TimeSpan Took, CallReport? Report)
{
    /// <summary>In the policy's words. A look-up that came back with neither answer nor failure found nothing.</summary>
    public CallOutcome Outcome =>
        Report is null ? new CallOutcome.NodeLost()
        : Report.Failure is { } failure ? new CallOutcome.Failed(failure)
        : Kind == AttemptKind.LookUp && Report.Answer is null ? new CallOutcome.NotFound()
        : new CallOutcome.Succeeded();
}
