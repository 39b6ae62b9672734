namespace Patchbay.Connectors.Contracts;

/// <summary>
/// Why something failed, in one word that is the same for all providers and stays: what a program decides by, and what a person is told.
/// The provider's own code is kept beside it.
/// </summary>
public enum FailureReason
{
    /// <summary>The customer's bank, or wallet, declined and said no more.</summary>
    CardDeclined,

    /// <summary>The customer's account has not enough money.</summary>
    InsufficientFunds,

    /// <summary>The card has expired.</summary>
    ExpiredCard,

    /// <summary>The card's number, date or security code is wrong.</summary>
    InvalidCard,

    /// <summary>The customer has to confirm it (3-D Secure, PIN, one-time password), or could not.</summary>
    AuthenticationRequired,

    /// <summary>It looks like fraud, or the card is reported lost or stolen: tell the customer no more than that it was declined.</summary>
    FraudSuspected,

    /// <summary>More, or more often, than the customer's or receiver's bank or wallet allows.</summary>
    LimitExceeded,

    /// <summary>The card or account is of a kind, country or currency that does not work here; another method may.</summary>
    MethodNotSupported,

    /// <summary>The customer gave up, or let the time pass.</summary>
    Abandoned,

    /// <summary>There is no such account or number, or it takes nothing.</summary>
    InvalidDestination,

    /// <summary>The handset, mailbox or line could not be reached.</summary>
    Unreachable,

    /// <summary>A carrier or mail provider filtered the message.</summary>
    Blocked,

    /// <summary>The person wants no messages.</summary>
    OptedOut,

    /// <summary>The company's balance at the provider does not suffice.</summary>
    InsufficientBalance,

    /// <summary>The company's account at the provider may not do this: not enabled, suspended, over its limit.</summary>
    AccountRestricted,

    /// <summary>The provider refused the credentials.</summary>
    InvalidCredentials,

    /// <summary>The request is wrong as it stands.</summary>
    InvalidRequest,

    /// <summary>Too many requests.</summary>
    RateLimited,

    /// <summary>The provider, or a bank or carrier behind it, could not be reached or failed.</summary>
    ProviderUnavailable,

    /// <summary>None of these, or a code that is not known: the provider's code and message tell.</summary>
    Other,
}

/// <summary>What reasons say of whose problem a failure is.</summary>
public static class FailureReasons
{
    public static FailureCause Cause(this FailureReason reason) => reason switch
    {
        FailureReason.InsufficientBalance or FailureReason.AccountRestricted => FailureCause.Account,
        FailureReason.InvalidCredentials => FailureCause.Authentication,
        FailureReason.InvalidRequest => FailureCause.Request,
        FailureReason.RateLimited => FailureCause.RateLimit,
        FailureReason.ProviderUnavailable => FailureCause.Provider,
        FailureReason.OptedOut => FailureCause.OptedOut,
        _ => FailureCause.Recipient,
    };

    /// <summary>What can be said of a failure of which no more is known than whose problem it is.</summary>
    public static FailureReason Reason(this FailureCause cause) => cause switch
    {
        FailureCause.Account => FailureReason.AccountRestricted,
        FailureCause.Authentication => FailureReason.InvalidCredentials,
        FailureCause.Request => FailureReason.InvalidRequest,
        FailureCause.RateLimit => FailureReason.RateLimited,
        FailureCause.Provider => FailureReason.ProviderUnavailable,
        FailureCause.OptedOut => FailureReason.OptedOut,
        _ => FailureReason.Other,
    };

    /// <summary>Whether the same call may pass later.</summary>
    public static FailureOutcome Outcome(this FailureReason reason) =>
        reason is FailureReason.RateLimited or FailureReason.ProviderUnavailable ? FailureOutcome.Transient : FailureOutcome.Rejected;
}
