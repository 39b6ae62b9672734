namespace Patchbay.Hub.Suppressions;

/// <summary>Why somebody is not written to.</summary>
public enum SuppressionCause
{
    /// <summary>They want no messages.</summary>
    OptedOut,

    /// <summary>The address does not exist, or takes nothing for good.</summary>
    HardBounce,

    /// <summary>They called a message spam.</summary>
    Complaint,

    /// <summary>The company does not want to write to them.</summary>
    Manual,
}
