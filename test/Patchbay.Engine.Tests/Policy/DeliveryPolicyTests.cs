using Patchbay.Connectors.Contracts;
using Patchbay.Engine.Tests.Support;
using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Policy;

/// <summary>The promises of the contract about attempts, one example each.</summary>
public sealed class DeliveryPolicyTests
{
    private static readonly DateTimeOffset Now = ManualTime.Noon;
    private static readonly DeliveryRules Message = new(6, TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), 2, MovesMoney: false);
    private static readonly DeliveryRules Money = new(4, TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), 2, MovesMoney: true);

    private readonly Delivery _first = ADelivery.On(ADelivery.NewLane()) with { AttemptCount = 1, Tries = 1, LaneTries = 1 };

    private Delivery WithFallback => _first with { Fallbacks = [ADelivery.NewLane()] };

    [Fact]
    public void Success_ends_it() =>
        Assert.Equal(new DeliveryStep.Done(), After(new CallOutcome.Succeeded(), _first, Money, RepeatSafety.Never));

    [Fact]
    public void A_refusal_for_good_is_not_retried() =>
        Assert.Equal(
            new DeliveryStep.Exhaust(ExhaustReason.Rejected), After(Failures.BadRequest, WithFallback, Message, RepeatSafety.Safe));

    /// <summary>A key remembers errors, too: whoever repeats it may never hear that it was done.</summary>
    [Fact]
    public void Money_that_a_key_keeps_answering_with_an_error_is_asked_about_before_its_tries_are_used_up()
    {
        var third = _first with { AttemptCount = 3, Tries = 3, LaneTries = 3 };

        Assert.IsType<DeliveryStep.RetryAt>(
            After(Failures.ServerError, third with { Tries = 2 }, Money, RepeatSafety.SafeThenLookUp));
        Assert.Equal(new DeliveryStep.LookUpAt(Now.AddSeconds(2)), After(Failures.ServerError, third, Money, RepeatSafety.SafeThenLookUp));
        Assert.IsType<DeliveryStep.RetryAt>(After(Failures.Busy(TimeSpan.Zero), third, Money, RepeatSafety.SafeThenLookUp));
        Assert.IsType<DeliveryStep.RetryAt>(After(Failures.ServerError, third, Money, RepeatSafety.Safe));

        // Who cannot be asked now may be called: the key keeps it from being done twice.
        Assert.IsType<DeliveryStep.RetryAt>(
            After(Failures.ServerError, third with { LookUps = 1, InDoubt = true }, Money, RepeatSafety.SafeThenLookUp));
    }

    [Fact]
    public void A_declining_bank_is_not_asked_through_another_provider() =>
        Assert.Equal(new DeliveryStep.Exhaust(ExhaustReason.Declined), After(Failures.Declined, WithFallback, Money, RepeatSafety.Safe));

    [Fact]
    public void What_an_account_cannot_do_falls_back()
    {
        Assert.Equal(new DeliveryStep.FallBack(), After(Failures.BadKey, WithFallback, Money, RepeatSafety.Never));
        Assert.Equal(new DeliveryStep.FallBack(), After(Failures.Suspended, WithFallback, Message, RepeatSafety.AtLeastOnce));
        Assert.Equal(
            new DeliveryStep.Exhaust(ExhaustReason.Rejected), After(Failures.Suspended, _first, Message, RepeatSafety.AtLeastOnce));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void A_passing_failure_is_retried_with_full_jitter(double jitter) =>
        Assert.Equal(new DeliveryStep.RetryAt(Now + (TimeSpan.FromSeconds(10) * jitter)),
            After(Failures.Unavailable, _first, Message, RepeatSafety.Safe, jitter));

    [Fact]
    public void Delays_grow_by_the_factor_up_to_the_window()
    {
        Assert.Equal([10, 10, 20, 40, 80], Enumerable.Range(0, 5).Select(tries => Message.DelayAfter(tries).TotalSeconds));
        Assert.Equal(Message.Window, Message.DelayAfter(1_000));
    }

    [Theory]
    [InlineData(1, 0, 4)]
    [InlineData(1, 0.5, 5)]
    [InlineData(1, 0.999, 5.998)]
    [InlineData(2, 0.5, 300)]
    [InlineData(7, 0.5, 300)]   // past the end of the list
    public void A_schedule_is_kept_within_a_fifth(int tries, double jitter, double seconds)
    {
        var rules = Message with { Tries = 10, Schedule = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)] };

        var step = After(Failures.Unavailable, _first with { Tries = tries }, rules, RepeatSafety.AtLeastOnce, jitter);

        Assert.Equal(seconds, (Assert.IsType<DeliveryStep.RetryAt>(step).When - Now).TotalSeconds, 3);
    }

    [Fact]
    public void A_schedule_ends_with_the_tries() =>
        Assert.Equal(
            new DeliveryStep.Exhaust(ExhaustReason.AttemptsUsed),
            After(Failures.Unavailable, _first with { Tries = 6 }, Message with { Schedule = [TimeSpan.FromSeconds(5)] },
                RepeatSafety.AtLeastOnce));

    [Theory]
    [InlineData(1, 10)]    // shorter than the delay: not below it
    [InlineData(15, 15)]
    [InlineData(600, 20)]  // not above twice the delay
    public void Retry_after_is_honoured_within_bounds(int asked, int waited) =>
        Assert.Equal(
            new DeliveryStep.RetryAt(Now.AddSeconds(waited)),
            After(Failures.Busy(TimeSpan.FromSeconds(asked)), _first, Message, RepeatSafety.Safe, jitter: 0));

    [Fact]
    public void When_the_tries_are_used_it_is_given_up() =>
        Assert.Equal(new DeliveryStep.Exhaust(ExhaustReason.AttemptsUsed),
            After(Failures.Unavailable, _first with { Tries = 6 }, Message, RepeatSafety.Safe));

    [Fact]
    public void A_retry_after_the_expiry_is_none() =>
        Assert.Equal(
            new DeliveryStep.Exhaust(ExhaustReason.Expired),
            After(Failures.Unavailable, _first with { ExpiresAt = Now.AddSeconds(5) }, Message, RepeatSafety.Safe, 0.9));

    [Fact]
    public void After_two_tries_on_one_lane_a_fallback_has_its_turn()
    {
        Assert.IsType<DeliveryStep.RetryAt>(After(Failures.Unavailable, WithFallback, Money, RepeatSafety.Safe));
        Assert.Equal(new DeliveryStep.FallBack(),
            After(Failures.Unavailable, WithFallback with { LaneTries = 2, Tries = 2 }, Money, RepeatSafety.Safe));
    }

    [Fact]
    public void An_unknown_outcome_is_repeated_with_the_same_key_where_that_is_safe() =>
        Assert.IsType<DeliveryStep.RetryAt>(After(Failures.Timeout, _first, Money, RepeatSafety.Safe));

    [Fact]
    public void An_unknown_outcome_is_looked_up_where_the_provider_can_be_asked() =>
        Assert.Equal(new DeliveryStep.LookUpAt(Now.AddSeconds(2)), After(Failures.Timeout, _first, Money, RepeatSafety.LookUp));

    [Fact]
    public void An_unknown_message_is_sent_again() =>
        Assert.IsType<DeliveryStep.RetryAt>(After(Failures.Timeout, _first, Message, RepeatSafety.AtLeastOnce));

    [Theory]
    [InlineData(RepeatSafety.Never)]
    [InlineData(RepeatSafety.AtLeastOnce)]   // a connector's mistake must not cost money
    public void Unknown_money_waits_for_a_person(RepeatSafety safety) =>
        Assert.Equal(new DeliveryStep.Hold(), After(Failures.Timeout, WithFallback with { LaneTries = 2 }, Money, safety));

    [Fact]
    public void A_server_error_is_no_proof_that_no_money_moved()
    {
        Assert.Equal(new DeliveryStep.Hold(), After(Failures.ServerError, _first, Money, RepeatSafety.Never));
        Assert.IsType<DeliveryStep.LookUpAt>(After(Failures.ServerError, _first, Money, RepeatSafety.LookUp));
        Assert.Equal(new DeliveryStep.Hold(), After(Failures.ServerError, _first, Message, RepeatSafety.Never));
    }

    [Fact]
    public void A_server_error_is_no_proof_that_no_message_was_sent()
    {
        Assert.Equal(new DeliveryStep.LookUpAt(Now.AddSeconds(2)), After(Failures.ServerError, _first, Message, RepeatSafety.LookUp));
        Assert.IsType<DeliveryStep.RetryAt>(After(Failures.ServerError, _first, Message, RepeatSafety.Safe));
        Assert.IsType<DeliveryStep.RetryAt>(After(Failures.ServerError, _first, Message, RepeatSafety.AtLeastOnce));
        Assert.IsType<DeliveryStep.RetryAt>(After(Failures.Busy(TimeSpan.Zero), _first, Message, RepeatSafety.LookUp));
    }

    [Fact]
    public void Money_in_doubt_goes_to_no_other_provider() =>
        Assert.IsType<DeliveryStep.RetryAt>(
            After(Failures.Timeout, WithFallback with { LaneTries = 2, Tries = 2 }, Money, RepeatSafety.Safe));

    [Fact]
    public void A_definite_answer_to_the_same_key_ends_the_doubt()
    {
        Assert.False(DeliveryPolicy.InDoubtAfter(new CallOutcome.Failed(Failures.Declined), inDoubt: true, RepeatSafety.Safe));
        Assert.True(DeliveryPolicy.InDoubtAfter(new CallOutcome.Failed(Failures.Declined), inDoubt: true, RepeatSafety.Never));
    }

    [Fact]
    public void What_only_errors_answer_under_its_key_is_looked_up_when_no_call_is_left()
    {
        var last = _first with { Tries = Money.Tries };

        Assert.Equal(new DeliveryStep.LookUpAt(Now.AddSeconds(2)), After(Failures.ServerError, last, Money, RepeatSafety.SafeThenLookUp));
        Assert.Equal(new DeliveryStep.Exhaust(ExhaustReason.Unresolved), After(Failures.ServerError, last, Money, RepeatSafety.Safe));
        Assert.Equal(
            new DeliveryStep.Exhaust(ExhaustReason.AttemptsUsed),
            After(new CallOutcome.NotFound(), last with { LookUps = 1, InDoubt = true }, Money, RepeatSafety.SafeThenLookUp));
    }

    [Fact]
    public void Refused_credentials_say_nothing_about_an_earlier_call()
    {
        var inDoubt = WithFallback with { InDoubt = true, Tries = 2, LaneTries = 2 };

        Assert.Equal(new DeliveryStep.Exhaust(ExhaustReason.Unresolved), After(Failures.BadKey, inDoubt, Money, RepeatSafety.Safe));
        Assert.Equal(new DeliveryStep.Exhaust(ExhaustReason.Unresolved), After(Failures.Suspended, inDoubt, Money, RepeatSafety.Safe));
    }

    [Fact]
    public void A_look_up_that_finds_nothing_lets_it_be_called_again_after_the_delay_or_by_a_fallback()
    {
        var found = new CallOutcome.NotFound();
        var looked = WithFallback with { InDoubt = true, LookUps = 1 };

        Assert.Equal(new DeliveryStep.RetryAt(Now.AddSeconds(5)), After(found, looked, Money, RepeatSafety.LookUp));
        Assert.Equal(new DeliveryStep.FallBack(), After(found, looked with { Tries = 2, LaneTries = 2 }, Money, RepeatSafety.LookUp));
        Assert.Equal(new DeliveryStep.Exhaust(ExhaustReason.AttemptsUsed),
            After(found, _first with { LookUps = 1, Tries = 4 }, Money, RepeatSafety.LookUp));
    }

    [Fact]
    public void A_message_whose_provider_neither_answers_nor_can_be_asked_falls_back_within_seconds()
    {
        var looked = WithFallback with { InDoubt = true };

        Assert.Equal(new DeliveryStep.LookUpAt(Now.AddSeconds(6)),
            After(Failures.Unavailable, looked with { LookUps = 1 }, Message, RepeatSafety.LookUp));
        Assert.Equal(new DeliveryStep.FallBack(), After(Failures.Unavailable, looked with { LookUps = 2 }, Message, RepeatSafety.LookUp));
        Assert.Equal(new DeliveryStep.FallBack(), After(Failures.BadKey, looked with { LookUps = 1 }, Message, RepeatSafety.LookUp));
    }

    [Fact]
    public void The_last_try_and_the_last_moment_belong_to_the_fallback()
    {
        Assert.Equal(new DeliveryStep.FallBack(),
            After(Failures.Unavailable, WithFallback, Message with { Tries = 1 }, RepeatSafety.AtLeastOnce));
        Assert.Equal(new DeliveryStep.FallBack(),
            After(Failures.Unavailable, WithFallback with { ExpiresAt = Now.AddSeconds(1) }, Message, RepeatSafety.AtLeastOnce));
    }

    [Fact]
    public void What_is_lost_with_one_node_after_another_is_called_again_after_the_delay()
    {
        Assert.Equal(new DeliveryStep.RetryAt(Now), After(new CallOutcome.NodeLost(), _first, Message, RepeatSafety.AtLeastOnce));
        Assert.Equal(new DeliveryStep.RetryAt(Now.AddSeconds(5)),
            After(new CallOutcome.NodeLost(), _first with { AttemptCount = 2 }, Message, RepeatSafety.AtLeastOnce));
    }

    [Fact]
    public void Money_is_looked_up_for_a_week_with_growing_delays_of_an_hour_at_most()
    {
        var looked = _first with { InDoubt = true };

        var steps = Enumerable.Range(1, 175)
            .Select(lookUps => After(Failures.Unavailable, looked with { LookUps = lookUps }, Money, RepeatSafety.LookUp)).ToList();
        var delays = steps.OfType<DeliveryStep.LookUpAt>().Select(step => step.When - Now).ToList();

        Assert.Equal([6, 18, 54, 162, 486, 1458, 3600, 3600], delays.Take(8).Select(delay => delay.TotalSeconds));
        Assert.InRange(delays.Aggregate((sum, delay) => sum + delay).TotalDays, 6.9, 7.1);
        Assert.Equal(new DeliveryStep.Hold(), steps[^1]);
        Assert.Equal(new DeliveryStep.Hold(), After(Failures.BadKey, looked with { LookUps = 1 }, Money, RepeatSafety.LookUp));
    }

    [Fact]
    public void A_message_is_looked_up_five_times_and_then_sent_again()
    {
        var looked = _first with { InDoubt = true };

        Assert.IsType<DeliveryStep.LookUpAt>(After(Failures.Unavailable, looked with { LookUps = 4 }, Message, RepeatSafety.LookUp));
        Assert.IsType<DeliveryStep.RetryAt>(After(Failures.Unavailable, looked with { LookUps = 5 }, Message, RepeatSafety.LookUp));
        Assert.IsType<DeliveryStep.RetryAt>(After(Failures.BadKey, looked with { LookUps = 1 }, Message, RepeatSafety.LookUp));
    }

    [Fact]
    public void What_a_dead_node_had_counts_as_unknown()
    {
        var lost = new CallOutcome.NodeLost();

        Assert.IsType<DeliveryStep.RetryAt>(After(lost, _first, Money, RepeatSafety.Safe));
        Assert.IsType<DeliveryStep.LookUpAt>(After(lost, _first, Money, RepeatSafety.LookUp));
        Assert.IsType<DeliveryStep.LookUpAt>(
            After(lost, _first with { Status = DeliveryStatus.Failed, InDoubt = true }, Money, RepeatSafety.LookUp));
        Assert.IsType<DeliveryStep.RetryAt>(After(lost, _first, Message, RepeatSafety.AtLeastOnce));
        Assert.Equal(new DeliveryStep.Hold(), After(lost, _first with { Status = DeliveryStatus.InProgress }, Money, RepeatSafety.Never));
        Assert.Equal(new DeliveryStep.Hold(), After(lost, _first with { Status = DeliveryStatus.InProgress }, Message, RepeatSafety.Never));
        Assert.IsType<DeliveryStep.RetryAt>(After(lost, _first, Money, RepeatSafety.Never));   // not marked, so not sent
        Assert.Equal(new DeliveryStep.Hold(),
            After(lost, _first with { Status = DeliveryStatus.Failed, InDoubt = true }, Money, RepeatSafety.Never));
    }

    private static DeliveryStep After(
        ProviderFailure failure, Delivery delivery, DeliveryRules rules, RepeatSafety safety, double jitter = 0.5) =>
        After(new CallOutcome.Failed(failure), delivery, rules, safety, jitter);

    private static DeliveryStep After(
        CallOutcome outcome, Delivery delivery, DeliveryRules rules, RepeatSafety safety, double jitter = 0.5) =>
        DeliveryPolicy.After(outcome, delivery, rules, safety, Now, jitter);
}
