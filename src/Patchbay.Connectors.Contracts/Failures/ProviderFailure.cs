namespace Patchbay.Connectors.Contracts;

/// <summary>What is known about a call that did not succeed. Whether to retry follows from this and from nothing else.</summary>
public enum FailureOutcome
{
    /// <summary>The provider said no for good: nothing happened, and the same call will be refused again.</summary>
    Rejected,

    /// <summary>It may work later: 5xx, 429, could not connect.</summary>
    Transient,

    /// <summary>The request may have been carried out: time-out or a dropped connection after it could have been sent.</summary>
    Unknown,
}

/// <summary>Whose problem a failure is; decides about falling back to another provider and about alarms.</summary>
public enum FailureCause
{
    /// <summary>The provider's own fault, or the network's.</summary>
    Provider,

    /// <summary>Credentials refused. Three in a row put the integration into <c>error</c>.</summary>
    Authentication,

    /// <summary>The account cannot do it: not enabled, out of credit, suspended, sender not allowed. Another provider may.</summary>
    Account,

    /// <summary>Too many requests.</summary>
    RateLimit,

    /// <summary>The request is wrong; every provider would refuse it.</summary>
    Request,

    /// <summary>The person paying or being written to: card declined, number unreachable.</summary>
    Recipient,

    /// <summary>The person being written to wants no messages (STOP): it counts as suppressed, and no other provider is tried.</summary>
    OptedOut,
}

/// <summary>A failed provider call.</summary>
/// <param name="Outcome">What may have happened.</param>
/// <param name="Cause">Whose problem it is.</param>
/// <param name="Code">The provider's own code, else a hub word such as <c>timeout</c>; stable enough to filter by.</param>
/// <param name="Message">For an operator, without secrets; at most 500 characters are kept.</param>
public sealed record ProviderFailure(FailureOutcome Outcome, FailureCause Cause, string Code, string Message)
{
    private readonly FailureReason? _reason;

    /// <summary>The word that is the same for all providers; what the cause says, where nothing more is known.</summary>
    public FailureReason Reason { get => _reason ?? Cause.Reason(); init => _reason = value; }

    /// <summary>The code is the provider's, and its connector does not know it: the status decides, and who runs the hub is told.</summary>
    public bool IsUnmapped { get; init; }

    /// <summary>Null when no answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How long the provider asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when it is certain that nothing was carried out: the only state in which money may go to another provider.</summary>
    public bool NothingHappened { get; init; } = Outcome == FailureOutcome.Rejected;

    /// <summary>What it tells of the subject, where the refusal of a call is the subject's failure.</summary>
    public FailureDetail Detail => new(Code, Message, IsUnmapped ? null : Reason);

    public static ProviderFailure Rejected(FailureCause cause, string code, string message) =>
        new(FailureOutcome.Rejected, cause, code, message);

    public static ProviderFailure Rejected(FailureReason reason, string code, string message) =>
        new(FailureOutcome.Rejected, reason.Cause(), code, message) { Reason = reason };

    /// <summary>Of a read that came before the call that matters: nothing was carried out, and it can simply be repeated.</summary>
    public ProviderFailure BeforeActing() => this with
    {
        Outcome = Outcome == FailureOutcome.Unknown ? FailureOutcome.Transient : Outcome, NothingHappened = true,
    };

    /// <summary>The answer came, with a success status, but could not be read: the work was probably done.</summary>
    public static ProviderFailure Unreadable(string message) =>
        new(FailureOutcome.Unknown, FailureCause.Provider, "unreadable_answer", message);
}
