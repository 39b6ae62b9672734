using Patchbay.Connectors.Contracts;

namespace Patchbay.Engine;

/// <summary>How a call or a look-up ended, as far as the policy cares.</summary>
public abstract record CallOutcome
{
    private CallOutcome()
    {
    }

    /// <summary>The provider did it, or was found to have done it.</summary>
    public sealed record Succeeded : CallOutcome;

    /// <summary>The call, or the look-up itself, failed.</summary>
    public sealed record Failed(ProviderFailure Failure) : CallOutcome;

    /// <summary>A look-up proved that nothing was done.</summary>
    public sealed record NotFound : CallOutcome;

    /// <summary>The node that had it died: a call may or may not have been made.</summary>
    public sealed record NodeLost : CallOutcome;
}
