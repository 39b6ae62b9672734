namespace Patchbay.Storage;

/// <summary>
/// One decision over rows that nobody else can change meanwhile: it names the rows it needs, and when they are locked and read, decides.
/// Both parts are pure and quick; they may run again when a batch has to be repeated, so they must not depend on having run before.
/// </summary>
/// <typeparam name="TResult">What the caller is told after the commit.</typeparam>
public abstract class LedgerWork<TResult>
{
    /// <summary>W3C <c>traceparent</c> of the request for which it is done; null when there is none.</summary>
    public virtual string? TraceParent { get; init; }

    /// <summary>Names the rows to lock and read. By default none: work that only inserts.</summary>
    public virtual void Need(LedgerNeeds needs)
    {
    }

    /// <summary>Reads the needed rows and writes changes. Nothing it wrote is kept when it throws.</summary>
    public abstract TResult Decide(LedgerRows rows);
}
