using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Lanes;

public sealed class CircuitBreakerTests
{
    private readonly ManualTime _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(_time);

    [Fact]
    public void Five_failures_in_a_row_open_it_and_a_success_in_between_starts_the_count_anew()
    {
        Fail(4);
        _breaker.Succeeded();
        Fail(4);
        Assert.False(_breaker.IsOpen);

        Fail(1);

        Assert.True(_breaker.IsOpen);
        Assert.False(_breaker.TryEnter());
    }

    [Fact]
    public void After_the_pause_one_probe_goes_and_only_one()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(_breaker.TryEnter());

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(_ => _breaker.TryEnter()));
    }

    [Fact]
    public void A_pause_that_was_asked_for_opens_it_at_once_and_calls_from_before_do_not_close_it()
    {
        _breaker.Failed(TimeSpan.FromSeconds(60));
        _breaker.Succeeded();
        _breaker.Failed();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(_breaker.TryEnter());

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => _breaker.TryEnter()));
        _breaker.Succeeded();

        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public void A_shorter_pause_does_not_cut_a_longer_one_short()
    {
        _breaker.Failed(TimeSpan.FromSeconds(300));
        _breaker.Failed(TimeSpan.FromSeconds(60));
        _time.Advance(TimeSpan.FromSeconds(299));

        Assert.False(_breaker.TryEnter());
    }

    [Fact]
    public void A_probe_that_succeeds_closes_it()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(1));
        _breaker.TryEnter();

        _breaker.Succeeded();

        Assert.False(_breaker.IsOpen);
        Assert.Equal([true, true], Enumerable.Range(0, 2).Select(_ => _breaker.TryEnter()));
    }

    [Fact]
    public void Every_failed_probe_doubles_the_pause_up_to_half_a_minute()
    {
        Fail(5);
        var pauses = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            pauses.Add(_breaker.UntilProbe().TotalSeconds);
            _time.Advance(_breaker.UntilProbe());
            Assert.True(_breaker.TryEnter());
            Fail(1);
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], pauses);
    }

    [Fact]
    public void Calls_that_began_before_it_opened_do_not_prolong_the_pause()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromMilliseconds(600));

        Fail(3);

        Assert.Equal(TimeSpan.FromMilliseconds(400), _breaker.UntilProbe());
    }

    [Fact]
    public void A_probe_that_was_not_made_lets_the_next_one_go()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(1));
        _breaker.TryEnter();

        _breaker.Abandoned();

        Assert.True(_breaker.TryEnter());
    }

    [Fact]
    public void Once_warned_a_single_failure_opens_it_until_the_warning_is_over()
    {
        _breaker.Warn(TimeSpan.FromSeconds(60));
        Assert.True(_breaker.TryEnter());
        Assert.True(_breaker.Failed());
        Assert.Equal(TimeSpan.FromSeconds(1), _breaker.UntilProbe());

        var calm = new CircuitBreaker(_time);
        calm.Warn(TimeSpan.FromSeconds(60));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(calm.Failed());
    }

    [Fact]
    public void A_success_after_a_warning_ends_it()
    {
        _breaker.Warn(TimeSpan.FromSeconds(60));

        _breaker.Succeeded();

        Assert.False(_breaker.Failed());
    }

    [Fact]
    public void It_tells_when_it_opens()
    {
        Assert.Equal([false, false, false, false, true, false], Enumerable.Range(0, 6).Select(_ => _breaker.Failed()));
        Assert.True(_breaker.Failed(TimeSpan.FromSeconds(60)));
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
            _breaker.Failed();
    }
}
