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

    /// <summary>Calls with one key that left it open whether they were carried out, before that is asked.</summary>
    public const int TriesBeforeLookUp = 3;

    /// <summary>Look-ups in vain, a week long, before it is given up to find out by machine where money went.</summary>
    public const int MaxLookUps = 175;

    private static readonly TimeSpan FirstLookUpDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLookUpDelay = TimeSpan.FromHours(1);

    /// <param name="delivery">With this attempt already counted.</param>
    /// <param name="jitter">From 0 up to 1; see <see cref="DeliveryRules.WaitAfter"/>.</param>
    public static DeliveryStep After(
        CallOutcome outcome, Delivery delivery, DeliveryRules rules, RepeatSafety safety, DateTimeOffset now, double jitter)
    {
        var step = Next(outcome, delivery, rules, safety, now, jitter);
        return step is DeliveryStep.Exhaust { Reason: ExhaustReason.Unresolved } ? Unresolved(safety, now) : step;
    }

    /// <summary>What follows for money in doubt once no call is left, or no time for one.</summary>
    public static DeliveryStep Unresolved(RepeatSafety safety, DateTimeOffset now) =>
        // A key remembers errors, too: who keeps getting one may have what was asked for all the same.
        safety is RepeatSafety.SafeThenLookUp or RepeatSafety.LookUp
            ? new DeliveryStep.LookUpAt(now + FirstLookUpDelay)
            : new DeliveryStep.Exhaust(ExhaustReason.Unresolved);

    /// <summary>Whether earlier calls may have been carried out unnoticed, once this outcome is known.</summary>
    public static bool InDoubtAfter(CallOutcome outcome, bool inDoubt, RepeatSafety safety) => outcome switch
    {
        CallOutcome.Succeeded or CallOutcome.NotFound => false,
        CallOutcome.NodeLost => true,
        // With idempotency keys, a verdict on the request itself speaks for all calls with that key. A refusal at the door (credentials,
        // account, rate) comes before the key is looked at and says nothing about them.
        CallOutcome.Failed
        {
            Failure:
            {
                NothingHappened: true, Outcome: FailureOutcome.Rejected,
                Cause: FailureCause.Request or FailureCause.Recipient or FailureCause.OptedOut,
            },
        } => inDoubt && safety is not (RepeatSafety.Safe or RepeatSafety.SafeThenLookUp),
        CallOutcome.Failed { Failure.NothingHappened: true } => inDoubt,
        _ => true,
    };

    private static DeliveryStep Next(
        CallOutcome outcome, Delivery delivery, DeliveryRules rules, RepeatSafety safety, DateTimeOffset now, double jitter) =>
        outcome switch
        {
            CallOutcome.Succeeded => new DeliveryStep.Done(),
            CallOutcome.NotFound => Again(delivery, rules, now, rules.WaitAfter(delivery.Tries, jitter), inDoubt: false),
            CallOutcome.NodeLost => AfterNodeLost(delivery, rules, safety, now, jitter),
            CallOutcome.Failed { Failure: var failure } when delivery.LookUps > 0 =>
                AfterFailedLookUp(failure, delivery, rules, safety, now, jitter),
            CallOutcome.Failed { Failure: var failure } => AfterFailure(failure, delivery, rules, safety, now, jitter),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    private static DeliveryStep AfterFailure(
        ProviderFailure failure, Delivery delivery, DeliveryRules rules, RepeatSafety safety, DateTimeOffset now, double jitter)
    {
        var inDoubt = InDoubtAfter(new CallOutcome.Failed(failure), delivery.InDoubt, safety);
        if (failure.Outcome == FailureOutcome.Rejected)
        {
            // Another provider may do what this account cannot; a wrong request or a declining bank stays what it is.
            return MayMove(delivery, rules, inDoubt) && failure.Cause is (FailureCause.Authentication or FailureCause.Account)
                ? new DeliveryStep.FallBack()
                : GiveUp(IsDeclined(failure) ? ExhaustReason.Declined : ExhaustReason.Rejected, inDoubt, rules);
        }

        // A server error is no proof that nothing happened, only a key makes the same call again harmless. Money remembers older doubts.
        if (!failure.NothingHappened || rules.MovesMoney && inDoubt)
        {
            if (safety == RepeatSafety.Never || rules.MovesMoney && safety == RepeatSafety.AtLeastOnce)
                return new DeliveryStep.Hold();
            if (safety == RepeatSafety.LookUp)
                return new DeliveryStep.LookUpAt(now + FirstLookUpDelay);
        }

        // A key remembers errors, too: repeated once more, the call may never say that it was carried out.
        if (safety == RepeatSafety.SafeThenLookUp && rules.MovesMoney && !failure.NothingHappened && delivery.Tries >= TriesBeforeLookUp)
            return new DeliveryStep.LookUpAt(now + FirstLookUpDelay);
        return Again(delivery, rules, now, Delay(failure, delivery, rules, jitter), inDoubt);
    }

    private static DeliveryStep AfterFailedLookUp(
        ProviderFailure failure, Delivery delivery, DeliveryRules rules, RepeatSafety safety, DateTimeOffset now, double jitter)
    {
        // With a key the call itself can be repeated as long as there are tries.
        if (failure.Outcome != FailureOutcome.Rejected && safety == RepeatSafety.SafeThenLookUp && rules.MovesMoney
            && delivery.Tries < rules.Tries && now < delivery.ExpiresAt)
            return Again(delivery, rules, now, rules.WaitAfter(delivery.Tries, jitter), inDoubt: true);
        // A provider that neither answers nor can be asked is down: what may come twice goes to another soon.
        var mayMove = MayMove(delivery, rules, inDoubt: true);
        var most = rules.MovesMoney ? MaxLookUps : mayMove ? TriesBeforeFallback : Delivery.PatientLookUps;
        if (failure.Outcome != FailureOutcome.Rejected && delivery.LookUps < most)
            return new DeliveryStep.LookUpAt(now + LookUpDelay(delivery.LookUps));
        if (rules.MovesMoney)
            return new DeliveryStep.Hold();
        return mayMove && now < delivery.ExpiresAt
            ? new DeliveryStep.FallBack()
            : Again(delivery, rules, now, rules.WaitAfter(delivery.Tries, jitter), inDoubt: true);
    }

    private static TimeSpan LookUpDelay(int lookUps) =>
        TimeSpan.FromSeconds(Math.Min(LongestLookUpDelay.TotalSeconds, FirstLookUpDelay.TotalSeconds * Math.Pow(3, lookUps)));

    private static DeliveryStep AfterNodeLost(
        Delivery delivery, DeliveryRules rules, RepeatSafety safety, DateTimeOffset now, double jitter) => safety switch
    {
        // Calls that must not happen twice are marked before they are made: without the mark nothing was sent.
        RepeatSafety.Never when delivery.Status == DeliveryStatus.InProgress || rules.MovesMoney && delivery.InDoubt =>
            new DeliveryStep.Hold(),
        RepeatSafety.AtLeastOnce when rules.MovesMoney => new DeliveryStep.Hold(),
        RepeatSafety.LookUp => new DeliveryStep.LookUpAt(now + FirstLookUpDelay),
        // The first time it is the node's fault; what is lost again and again may be what kills them.
        _ => Again(
            delivery, rules, now, delivery.AttemptCount <= 1 ? TimeSpan.Zero : rules.WaitAfter(delivery.Tries, jitter),
            delivery.InDoubt || safety != RepeatSafety.Never),
    };

    /// <summary>
    /// Another call: by a fallback once this lane had its tries, or has none left, or no time; else here after a delay.
    /// </summary>
    private static DeliveryStep Again(Delivery delivery, DeliveryRules rules, DateTimeOffset now, TimeSpan delay, bool inDoubt)
    {
        var (isUsed, isLate) = (delivery.Tries >= rules.Tries, now + delay >= delivery.ExpiresAt);
        if (now < delivery.ExpiresAt && MayMove(delivery, rules, inDoubt)
            && (isUsed || isLate || delivery.LaneTries >= TriesBeforeFallback))
            return new DeliveryStep.FallBack();
        return isUsed ? GiveUp(ExhaustReason.AttemptsUsed, inDoubt, rules)
            : isLate ? GiveUp(ExhaustReason.Expired, inDoubt, rules)
            : new DeliveryStep.RetryAt(now + delay);
    }

    private static bool MayMove(Delivery delivery, DeliveryRules rules, bool inDoubt) =>
        delivery.Fallbacks.Count > 0 && !(inDoubt && rules.MovesMoney);

    private static bool IsDeclined(ProviderFailure failure) => failure.Cause is FailureCause.Recipient or FailureCause.OptedOut;

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
