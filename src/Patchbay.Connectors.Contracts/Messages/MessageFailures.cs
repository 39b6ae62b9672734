namespace Patchbay.Connectors.Contracts;

/// <summary>What message connectors refuse before anything is sent.</summary>
public static class MessageFailures
{
    /// <summary>Another integration may have a sender, so this is the account's fault and not the request's.</summary>
    /// <param name="what">For example <c>SMS sender</c>.</param>
    public static ProviderFailure NoSender(string what) => ProviderFailure.Rejected(
        FailureCause.Account, "no_sender", $"The integration has no {what}, and the message names no sender.");
}
