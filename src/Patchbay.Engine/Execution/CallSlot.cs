namespace Patchbay.Engine;

/// <summary>A place that a call has.</summary>
/// <param name="pool">Whose place it is at first.</param>
internal sealed class CallSlot(Lane lane, CallPool pool, CallClock clock)
{
    public Lane Lane => lane;

    /// <summary>How long the call has been on its way.</summary>
    public CallClock Clock => clock;

    /// <summary>Whose place it is; another one's once the call has taken long.</summary>
    public CallPool Pool { get; set; } = pool;
}
