namespace Patchbay.Sandbox.Faults;

/// <summary>The ways in which the sandbox can misbehave.</summary>
public enum FaultKind
{
    /// <summary>Answers the given status with the vendor's error body; nothing is done.</summary>
    Status,

    /// <summary>Answers 429, with Retry-After when one is given; nothing is done.</summary>
    RateLimit,

    /// <summary>Answers 500 at the door; nothing is done and no idempotency key remembers it.</summary>
    ServerError,

    /// <summary>Does the work, then answers 500. An idempotency key remembers the 500.</summary>
    ServerErrorAfterWork,

    /// <summary>Takes its time before the work, holding the idempotency key meanwhile, then answers as usual.</summary>
    Slow,

    /// <summary>Does the work, then holds back the answer until the delay has passed or the caller has given up.</summary>
    HangAfterWork,

    /// <summary>Closes the connection without doing the work.</summary>
    DropBeforeWork,

    /// <summary>Does the work, then closes the connection without an answer.</summary>
    DropAfterWork,

    /// <summary>Closes every connection at once, before a byte is read.</summary>
    Down,

    /// <summary>Sends the webhook twice.</summary>
    WebhookDuplicate,

    /// <summary>Sends the webhook after an extra delay.</summary>
    WebhookLate,

    /// <summary>Sends the webhooks that tell of one thing in reverse order.</summary>
    WebhookOutOfOrder,

    /// <summary>Signs the webhook with a key nobody has.</summary>
    WebhookBadSignature,

    /// <summary>Never sends the webhook.</summary>
    WebhookNone,
}
