namespace Patchbay.Engine;

/// <summary>Lets through so many a second, and a burst after a pause. Not thread-safe: its owner holds the lock.</summary>
public sealed class TokenBucket(double perSecond, double burst, TimeProvider time)
{
    /// <summary>Nobody waits longer at once: no timer takes any span, and rates change meanwhile.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly double _burst = burst;
    private double _tokens = burst;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Whole tokens there are now.</summary>
    public int Available
    {
        get
        {
            Fill();
            return (int)_tokens;
        }
    }

    /// <summary>False when there is none, and then nothing is taken.</summary>
    public bool TryTake()
    {
        Fill();
        if (_tokens < 1)
            return false;
        _tokens--;
        return true;
    }

    /// <summary>A token that was taken was not used.</summary>
    public void GiveBack() => _tokens = Math.Min(_burst, _tokens + 1);

    /// <summary>Until the next token; zero only when there is one: nobody would wake who waits for it.</summary>
    public TimeSpan UntilNext()
    {
        Fill();
        if (_tokens >= 1)
            return TimeSpan.Zero;
        var wait = For(1 - _tokens);
        return wait > TimeSpan.Zero ? wait : TimeSpan.FromTicks(1);
    }

    /// <summary>Until the bucket is full again.</summary>
    public TimeSpan UntilFull()
    {
        Fill();
        return For(_burst - _tokens);
    }

    private TimeSpan For(double tokens) => TimeSpan.FromSeconds(Math.Min(tokens / perSecond, Longest.TotalSeconds));

    private void Fill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(_burst, _tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond));
        _filledAt = now;
    }
}
