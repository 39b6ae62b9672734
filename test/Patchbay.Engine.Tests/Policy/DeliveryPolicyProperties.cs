using FsCheck;
using FsCheck.Fluent;
using Patchbay.Connectors.Contracts;
using Patchbay.Engine.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Policy;

/// <summary>What holds for every delivery, outcome and rule.</summary>
public sealed class DeliveryPolicyProperties
{
    private static readonly DateTimeOffset Now = ManualTime.Noon;
    private static readonly Delivery Plain = ADelivery.On(ADelivery.NewLane());

    [Fact]
    public void Money_that_may_have_moved_is_sent_again_only_where_that_is_safe() =>
        ForAll(situation => !situation.MoneyInDoubt || situation.Step is not DeliveryStep.RetryAt
            || situation.Safety is RepeatSafety.Safe or RepeatSafety.SafeThenLookUp);

    [Fact]
    public void Money_in_doubt_is_left_to_a_person_only_where_nobody_can_be_asked() =>
        ForAll(situation => situation.Safety is not (RepeatSafety.SafeThenLookUp or RepeatSafety.LookUp)
            || situation.Step is not DeliveryStep.Exhaust { Reason: ExhaustReason.Unresolved });

    /// <summary>Errors, silence and dead nodes in any order; then the provider answers.</summary>
    [Fact]
    public void Money_whose_provider_can_be_asked_never_waits_for_a_person_while_it_only_fails_to_answer() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Arb.From(Troubles), trouble =>
        {
            var (delivery, now) = (Plain with { ExpiresAt = Now.AddMinutes(2) }, Now);
            foreach (var outcome in trouble.Outcomes)
            {
                var asks = delivery.Status == DeliveryStatus.Failed;
                delivery = outcome is CallOutcome.NodeLost ? delivery with { AttemptCount = delivery.AttemptCount + 1 }
                    : asks ? delivery.CountLookUp() : delivery.CountCall(now);
                var step = DeliveryPolicy.After(outcome, delivery, trouble.Rules, trouble.Safety, now, 0.5);
                var inDoubt = DeliveryPolicy.InDoubtAfter(outcome, delivery.InDoubt, trouble.Safety);
                delivery = (delivery with { InDoubt = inDoubt }).Take(step, null, now);
                now = delivery.DueAt ?? now;
                if (delivery.IsFinished || step is DeliveryStep.Hold)
                    break;
            }

            return delivery is { DueAt: not null } or { Status: DeliveryStatus.Delivered }
                or { Reason: ExhaustReason.AttemptsUsed or ExhaustReason.Expired, InDoubt: false };
        }));

    [Fact]
    public void Money_that_may_have_moved_never_goes_to_another_provider() =>
        ForAll(situation => !situation.MoneyInDoubt || situation.Step is not DeliveryStep.FallBack);

    [Fact]
    public void Money_that_may_have_moved_is_given_up_only_as_unresolved() =>
        ForAll(situation => situation.Step is not DeliveryStep.Exhaust exhaust
            || situation.MoneyInDoubt == (exhaust.Reason == ExhaustReason.Unresolved));

    [Fact]
    public void There_are_never_more_calls_than_the_rules_allow() =>
        ForAll(situation => situation.Step is not DeliveryStep.RetryAt || situation.Delivery.Tries < situation.Rules.Tries);

    [Fact]
    public void Nothing_is_retried_before_now_or_after_it_expired() =>
        ForAll(situation => situation.Step is not DeliveryStep.RetryAt retry
            || retry.When >= Now && retry.When < situation.Delivery.ExpiresAt);

    [Fact]
    public void A_delay_lies_between_nothing_and_its_base_or_where_the_provider_asked_between_base_and_twice_the_base() =>
        ForAll(situation =>
        {
            if (situation.Step is not DeliveryStep.RetryAt retry || situation.Outcome is not CallOutcome.Failed { Failure: var failure }
                || situation.Delivery.LookUps > 0)
                return true;
            var delay = situation.Rules.DelayAfter(situation.Delivery.Tries);
            var waited = retry.When - Now;
            return failure.RetryAfter is null ? waited <= delay : waited >= delay && waited <= delay * 2;
        });

    [Fact]
    public void There_is_no_falling_back_without_a_fallback() =>
        ForAll(situation => situation.Step is not DeliveryStep.FallBack || situation.Delivery.Fallbacks.Count > 0);

    [Fact]
    public void Nothing_is_given_up_that_a_fallback_may_still_serve() =>
        ForAll(situation => situation.Step is not DeliveryStep.Exhaust { Reason: not (ExhaustReason.Rejected or ExhaustReason.Declined) } || !situation.FallbackMayServe);

    [Fact]
    public void A_lane_is_called_twice_and_asked_twice_before_a_fallback_that_may_serve() =>
        ForAll(situation => !situation.FallbackMayServe || situation.Step switch
        {
            DeliveryStep.RetryAt => situation.Delivery.LaneTries < DeliveryPolicy.TriesBeforeFallback,
            DeliveryStep.LookUpAt => situation.Outcome is CallOutcome.NodeLost
                || situation.Delivery.LookUps < DeliveryPolicy.TriesBeforeFallback,
            _ => true,
        });

    [Fact]
    public void What_was_called_before_is_called_again_after_a_delay() =>
        ForAll(situation => situation.Step is not DeliveryStep.RetryAt retry || situation.Delivery is { AttemptCount: <= 1 }
            || retry.When - Now == situation.Rules.WaitAfter(situation.Delivery.Tries, situation.Jitter)
            || situation.Outcome is CallOutcome.Failed { Failure.RetryAfter: not null });

    [Fact]
    public void Where_no_key_protects_a_call_that_may_have_happened_is_not_made_again_before_it_was_looked_for() =>
        ForAll(situation => situation.Safety != RepeatSafety.LookUp || situation.Delivery.LookUps > 0
            || situation.Outcome is not (CallOutcome.Failed { Failure.NothingHappened: false } or CallOutcome.NodeLost)
            || situation.Step is DeliveryStep.LookUpAt);

    [Fact]
    public void Only_a_provider_that_can_be_asked_is_asked() =>
        ForAll(situation => situation.Step is not DeliveryStep.LookUpAt
            || situation.Safety is RepeatSafety.LookUp or RepeatSafety.SafeThenLookUp || situation.Delivery.LookUps > 0);

    private static void ForAll(Func<Situation, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(Arb.From(Situations), situation => holds(situation)));

    private static Gen<(List<CallOutcome> Outcomes, DeliveryRules Rules, RepeatSafety Safety)> Troubles =>
        from outcomes in Gen.Elements<CallOutcome>(
            new CallOutcome.Failed(Failures.ServerError), new CallOutcome.Failed(Failures.Timeout),
            new CallOutcome.Failed(ProviderFailure.Unreadable("?")), new CallOutcome.NodeLost()).NonEmptyListOf()
        from safety in Gen.Elements(RepeatSafety.LookUp, RepeatSafety.SafeThenLookUp)
        from tries in Gen.Choose(1, 6)
        select (outcomes, new DeliveryRules(tries, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5), 3, MovesMoney: true), safety);

    private static Gen<Situation> Situations =>
        from rules in (
            from tries in Gen.Choose(1, 6)
            from first in Gen.Elements(0, 1, 30, 3_600)
            from factor in Gen.Elements(1.0, 2, 10)
            from money in Gen.Elements(true, false)
            select new DeliveryRules(tries, TimeSpan.FromHours(2), TimeSpan.FromSeconds(first), factor, money))
        from delivery in (
            from tries in Gen.Choose(0, 8)
            from laneTries in Gen.Choose(0, 3)
            from lookUps in Gen.Choose(0, 6)
            from inDoubt in Gen.Elements(true, false)
            from status in Gen.Elements(DeliveryStatus.Pending, DeliveryStatus.InProgress, DeliveryStatus.Retrying, DeliveryStatus.Failed)
            from fallbacks in Gen.Choose(0, 2)
            from expires in Gen.Elements(-1.0, 0, 0.5, 20, 7_200)
            select Plain with
            {
                AttemptCount = tries + lookUps, Tries = tries, LaneTries = laneTries, LookUps = lookUps, InDoubt = inDoubt || lookUps > 0, Status = status,
                Fallbacks = Enumerable.Range(0, fallbacks).Select(_ => ADelivery.NewLane()).ToArray(), ExpiresAt = Now.AddSeconds(expires),
            })
        from failure in (
            from outcome in Gen.Elements(FailureOutcome.Rejected, FailureOutcome.Transient, FailureOutcome.Unknown)
            from cause in Gen.Elements(Enum.GetValues<FailureCause>())
            from nothing in Gen.Elements(true, false)
            from after in Gen.Elements<double?>(null, 0, 1, 100, 100_000)
            select new ProviderFailure(outcome, cause, "code", "message")
            {
                NothingHappened = outcome == FailureOutcome.Rejected || nothing && outcome != FailureOutcome.Unknown,
                RetryAfter = after is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            })
        from outcome in Gen.Elements<CallOutcome>(
            new CallOutcome.Succeeded(), new CallOutcome.NotFound(), new CallOutcome.NodeLost(), new CallOutcome.Failed(failure),
            new CallOutcome.Failed(failure), new CallOutcome.Failed(failure))
        from safety in Gen.Elements(Enum.GetValues<RepeatSafety>())
        from jitter in Gen.Elements(0, 0.3, 0.999)
        select new Situation(outcome, delivery, rules, safety, jitter);

    private sealed record Situation(CallOutcome Outcome, Delivery Delivery, DeliveryRules Rules, RepeatSafety Safety, double Jitter)
    {
        public DeliveryStep Step => DeliveryPolicy.After(Outcome, Delivery, Rules, Safety, Now, Jitter);

        public bool FallbackMayServe => Delivery.Fallbacks.Count > 0 && Delivery.ExpiresAt > Now && !MoneyInDoubt;

        /// <summary>
        /// A call that must not happen twice is marked before it is made: a dead node that had set no mark had not made it.
        /// </summary>
        public bool MoneyInDoubt => Rules.MovesMoney && (Outcome is CallOutcome.NodeLost
            ? Delivery.InDoubt || Safety != RepeatSafety.Never || Delivery.Status == DeliveryStatus.InProgress
            : DeliveryPolicy.InDoubtAfter(Outcome, Delivery.InDoubt, Safety));
    }
}
