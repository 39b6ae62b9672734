namespace Patchbay.Engine;

/// <summary>How an attempt ended, in the words of the record.</summary>
public enum AttemptOutcome
{
    /// <summary>It was done; or a look-up answered, also when the answer is that nothing was done.</summary>
    Ok,

    /// <summary>The provider said no for good.</summary>
    Rejected,

    /// <summary>Nothing happened that counts; it may work later.</summary>
    Transient,

    /// <summary>It may have been carried out.</summary>
    Unknown,
}
