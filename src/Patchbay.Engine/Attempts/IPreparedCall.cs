namespace Patchbay.Engine;

/// <summary>A call about to be made.</summary>
public interface IPreparedCall
{
    /// <summary>With everything that the destination overrides.</summary>
    DeliveryRules Rules { get; }

    RepeatSafety Safety { get; }

    Task<CallReport> CallAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Only asked for with <see cref="RepeatSafety.LookUp"/>. A report without failure and without answer means: it was not done.
    /// </summary>
    Task<CallReport> LookUpAsync(CancellationToken cancellationToken);
}
