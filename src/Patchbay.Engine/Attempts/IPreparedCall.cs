namespace Patchbay.Engine;

/// <summary>A call about to be made.</summary>
public interface IPreparedCall
{
    /// <summary>With everything that the destination overrides.</summary>
    DeliveryRules Rules { get; }

    /// <summary>What may be done when the outcome is not known; the same for the call and for its look-up.</summary>
    RepeatSafety Safety { get; }

    /// <summary>Failures are reported, not thrown: what is thrown counts as unknown.</summary>
    /// <param name="cancellationToken">The node gives up waiting; the call then counts as one of a lost node.</param>
    Task<CallReport> CallAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Only asked for with <see cref="RepeatSafety.LookUp"/> and <see cref="RepeatSafety.SafeThenLookUp"/>.
    /// A report without failure and without answer means: it was not done.
    /// </summary>
    Task<CallReport> LookUpAsync(CancellationToken cancellationToken);
}
