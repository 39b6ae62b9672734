using Patchbay.Connectors.Contracts;

namespace Patchbay.Engine;

/// <summary>
/// Decides what follows an attempt. A pure function: the same delivery, outcome, moment and jitter give the same step, so every
/// promise about retries can be read and tested here.
/// </summary>
public static class DeliveryPolicy
{
    /// <summary>Calls on one lane before a fallback is tried.</summary>
    public const int TriesBeforeFallback = 2;

    /// <summary>Look-ups before it is given up to find out by machine.</summary>
    public const int MaxLookUps = 5;

    private static readonly TimeSpan FirstLookUpDelay = TimeSpan.FromSeconds(2);

    /// <param name="delivery">With this attempt already counted.</param>
    /// <param name="jitter">From 0 up to 1; see <see cref="DeliveryRules.WaitAfter"/>.</param>
    public static DeliveryStep After(
        CallOutcome outcome, Delivery delivery, DeliveryRules rules, RepeatSafety safety, DateTimeOffset now, double jitter) =>
        outcome switch
        {
            CallOutcome.Succeeded => new DeliveryStep.Done(),
            CallOutcome.NotFound => Retry(delivery, rules, now, now, inDoubt: false),
            CallOutcome.NodeLost => AfterNodeLost(delivery, rules, safety, now),
            CallOutcome.Failed { Failure: var failure } when delivery.LookUps > 0 => AfterFailedLookUp(failure, delivery, rules, now),
            CallOutcome.Failed { Failure: var failure } => AfterFailure(failure, delivery, rules, safety, now, jitter),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    /// <summary>Whether earlier calls may have been carried out unnoticed, once this outcome is known.</summary>
    public static bool InDoubtAfter(CallOutcome outcome, bool inDoubt, RepeatSafety safety) => outcome switch
    {
        CallOutcome.Succeeded or CallOutcome.NotFound => false,
        CallOutcome.NodeLost => true,
        // With idempotency keys, a verdict on the request itself speaks for all calls with that key. A refusal at the door (credentials,
        // account, rate) comes before the key is looked at and says nothing about them.
        CallOutcome.Failed
        {
            Failure: { NothingHappened: true, Outcome: FailureOutcome.Rejected, Cause: FailureCause.Request or FailureCause.Recipient },
        } => inDoubt && safety != RepeatSafety.Safe,
        CallOutcome.Failed { Failure.NothingHappened: true } => inDoubt,
        _ => true,
    };

    private static DeliveryStep AfterFailure(
        ProviderFailure failure, Delivery delivery, DeliveryRules rules, RepeatSafety safety, DateTimeOffset now, double jitter)
    {
        var inDoubt = InDoubtAfter(new CallOutcome.Failed(failure), delivery.InDoubt, safety);
        var mayMove = delivery.Fallbacks.Count > 0 && !(inDoubt && rules.MovesMoney);
        if (failure.Outcome == FailureOutcome.Rejected)
        {
            // Another provider may do what this account cannot; a wrong request or a declining bank stays what it is.
            return mayMove && failure.Cause is (FailureCause.Authentication or FailureCause.Account)
                ? new DeliveryStep.FallBack()
                : GiveUp(ExhaustReason.Rejected, inDoubt, rules);
        }

        // A server error is no proof that nothing happened; for money that counts as not knowing.
        if (failure.Outcome == FailureOutcome.Unknown || rules.MovesMoney && inDoubt)
        {
            if (safety == RepeatSafety.Never || rules.MovesMoney && safety == RepeatSafety.AtLeastOnce)
                return new DeliveryStep.Hold();
            if (safety == RepeatSafety.LookUp)
                return new DeliveryStep.LookUpAt(now + FirstLookUpDelay);
        }

        if (mayMove && delivery.LaneTries >= TriesBeforeFallback)
            return new DeliveryStep.FallBack();
        return Retry(delivery, rules, now, now + Delay(failure, delivery, rules, jitter), inDoubt);
    }

    private static DeliveryStep AfterFailedLookUp(ProviderFailure failure, Delivery delivery, DeliveryRules rules, DateTimeOffset now)
    {
        if (failure.Outcome != FailureOutcome.Rejected && delivery.LookUps < MaxLookUps)
            return new DeliveryStep.LookUpAt(now + FirstLookUpDelay * Math.Pow(3, delivery.LookUps));
        return rules.MovesMoney ? new DeliveryStep.Hold() : Retry(delivery, rules, now, now, inDoubt: true);
    }

    private static DeliveryStep AfterNodeLost(
        Delivery delivery, DeliveryRules rules, RepeatSafety safety, DateTimeOffset now) => safety switch
    {
        // Calls that must not happen twice are marked before they are made: without the mark nothing was sent.
        RepeatSafety.Never when delivery.Status == DeliveryStatus.InProgress || rules.MovesMoney && delivery.InDoubt =>
            new DeliveryStep.Hold(),
        RepeatSafety.AtLeastOnce when rules.MovesMoney => new DeliveryStep.Hold(),
        RepeatSafety.LookUp => new DeliveryStep.LookUpAt(now + FirstLookUpDelay),
        _ => Retry(delivery, rules, now, now, delivery.InDoubt || safety != RepeatSafety.Never),
    };

    private static DeliveryStep Retry(Delivery delivery, DeliveryRules rules, DateTimeOffset now, DateTimeOffset when, bool inDoubt)
    {
        if (delivery.Tries >= rules.Tries)
            return GiveUp(ExhaustReason.AttemptsUsed, inDoubt, rules);
        return when >= delivery.ExpiresAt || now >= delivery.ExpiresAt
            ? GiveUp(ExhaustReason.Expired, inDoubt, rules)
            : new DeliveryStep.RetryAt(when);
    }

    private static DeliveryStep.Exhaust GiveUp(string reason, bool inDoubt, DeliveryRules rules) =>
        new(inDoubt && rules.MovesMoney ? ExhaustReason.Unresolved : reason);

    private static TimeSpan Delay(ProviderFailure failure, Delivery delivery, DeliveryRules rules, double jitter)
    {
        var delay = rules.DelayAfter(delivery.Tries);
        return failure.RetryAfter is { } asked
            ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, delay.Ticks, delay.Ticks * 2))
            : rules.WaitAfter(delivery.Tries, jitter);
    }
}
