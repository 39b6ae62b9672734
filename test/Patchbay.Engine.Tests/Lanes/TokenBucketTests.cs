using Patchbay.TestKit;

namespace Patchbay.Engine.Tests.Lanes;

public sealed class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_lets_through_a_burst_and_then_so_many_a_second()
    {
        var bucket = new TokenBucket(perSecond: 10, burst: 3, _time);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => bucket.TryTake()));

        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => bucket.TryTake()));
    }

    [Fact]
    public void It_never_says_to_wait_for_longer_than_a_timer_takes()
    {
        var bucket = new TokenBucket(perSecond: 1e-30, burst: 1, _time);
        bucket.TryTake();

        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromHours(1)), (bucket.UntilNext(), bucket.UntilFull()));
    }

    [Fact]
    public void It_says_to_wait_for_as_long_as_there_is_none_however_short()
    {
        var bucket = new TokenBucket(perSecond: 3, burst: 1, _time);
        bucket.TryTake();

        _time.Advance(TimeSpan.FromTicks(3_333_333));   // less than a tick before a third of a second

        Assert.False(bucket.TryTake());
        Assert.Equal(TimeSpan.FromTicks(1), bucket.UntilNext());
    }

    [Fact]
    public void It_says_how_long_the_next_token_takes()
    {
        var bucket = new TokenBucket(perSecond: 4, burst: 1, _time);
        Assert.Equal(TimeSpan.Zero, bucket.UntilNext());
        bucket.TryTake();

        Assert.Equal(TimeSpan.FromMilliseconds(250), bucket.UntilNext());
        Assert.Equal(TimeSpan.FromMilliseconds(250), bucket.UntilFull());
        Assert.Equal(0, bucket.Available);
    }

    [Fact]
    public void It_never_holds_more_than_a_burst_however_long_the_pause()
    {
        var bucket = new TokenBucket(perSecond: 1_000, burst: 2, _time);

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(2, bucket.Available);
    }

    [Fact]
    public void A_token_given_back_can_be_taken_again()
    {
        var bucket = new TokenBucket(perSecond: 1, burst: 1, _time);
        bucket.TryTake();

        bucket.GiveBack();
        bucket.GiveBack();

        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(_ => bucket.TryTake()));
    }
}
