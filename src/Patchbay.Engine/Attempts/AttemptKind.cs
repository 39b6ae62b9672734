namespace Patchbay.Engine;

/// <summary>What an attempt did.</summary>
public enum AttemptKind
{
    /// <summary>Asked the provider to do it.</summary>
    Call,

    /// <summary>Asked the provider whether it had been done.</summary>
    LookUp,
}
