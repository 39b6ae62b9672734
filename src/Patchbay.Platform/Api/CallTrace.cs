using System.Diagnostics;

namespace Patchbay.Platform.Api;

/// <summary>
/// What is done for a caller belongs to a trace, also where nobody exports or logs any: answers and lines of the log name it.
/// </summary>
public static class CallTrace
{
    /// <summary>Of what is done now, 32 hex digits.</summary>
    public static string Id => Activity.Current?.TraceId.ToString() ?? "";

    /// <summary>To be disposed of at the end; null when a trace goes on already.</summary>
    /// <param name="traceParent">W3C <c>traceparent</c> of the caller's; a new trace begins when it is none.</param>
    public static Activity? Begin(string name, string? traceParent)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C })
            return null;
        Activity.Current = null;
        var activity = new Activity(name).SetIdFormat(ActivityIdFormat.W3C);
        if (ActivityContext.TryParse(traceParent, null, out var parent))
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        return activity.Start();
    }
}
