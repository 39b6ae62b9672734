using Patchbay.Platform.Api;

namespace Patchbay.Platform.Operations;

/// <summary>What changing requests are refused for, whatever they change.</summary>
public static class OperationErrors
{
    public static readonly ErrorCode KeyRequired = new(400, "idempotency_key_required", "this moves money: send a key");
    public static readonly ErrorCode KeyInvalid = new(
        400, "idempotency_key_invalid", "the key has more than 255 characters, or the header is there twice");
    public static readonly ErrorCode InProgress = new(
        409, "idempotency_in_progress", "the first request with this key is still running: repeat after `Retry-After`");
    public static readonly ErrorCode KeyReused = new(422, "idempotency_key_reused", "the key was used with another body");
    public static readonly ErrorCode OutcomeUncertain = new(
        503, "outcome_uncertain", "the database went away while committing: repeat with the same Idempotency-Key",
        "The database went away");
}
