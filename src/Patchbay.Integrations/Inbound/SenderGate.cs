using Patchbay.Platform.Api;

namespace Patchbay.Integrations.Inbound;

/// <summary>How often in a second webhooks may turn out not to be genuine.</summary>
/// <param name="Known">From one who sent a genuine one lately.</param>
/// <param name="Stranger">From one network that did not.</param>
/// <param name="Strangers">From all of those together, to one address.</param>
internal sealed record SenderRates(double Known, double Stranger, double Strangers);

/// <summary>
/// Lets webhooks in before their bodies are read. Each takes a token, and gives it back once it has turned out to be genuine: so only
/// forgeries use them up. Those who sent a genuine one within the hour have tokens of their own: a flood from elsewhere costs them nothing.
/// </summary>
internal sealed class SenderGate(SenderRates rates, TimeProvider time)
{
    /// <summary>Seconds of its rate that a bucket holds: as many may be on their way before the first has been verified.</summary>
    private const int Burst = 10;

    private const int MostKnown = 10_000;

    private static readonly TimeSpan KnownFor = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Sender, long> _verifiedAt = [];
    private readonly TokenBuckets<Sender> _known = new(rates.Known, rates.Known * Burst, time);
    private readonly TokenBuckets<Sender> _strangers = new(rates.Stranger, rates.Stranger * Burst, time);
    private readonly TokenBuckets<string> _allStrangers = new(rates.Strangers, rates.Strangers * Burst, time);

    /// <summary>Null when it may be verified; else it has to wait.</summary>
    public Error? Enter(Sender sender)
    {
        if (IsKnown(sender))
            return _known.TryTake(sender, out var pause) ? null : WebhookErrors.Busy(pause);
        if (!_strangers.TryTake(sender, out var wait))
            return WebhookErrors.Busy(wait);
        if (_allStrangers.TryTake(sender.To, out wait))
            return null;
        _strangers.GiveBack(sender);
        return WebhookErrors.Busy(wait);
    }

    /// <summary>What it sent was genuine.</summary>
    public void Verified(Sender sender)
    {
        if (IsKnown(sender))
        {
            _known.GiveBack(sender);
        }
        else
        {
            _strangers.GiveBack(sender);
            _allStrangers.GiveBack(sender.To);
        }

        lock (_gate)
        {
            if (_verifiedAt.Count >= MostKnown)
            {
                foreach (var (old, _) in _verifiedAt.Where(one => time.GetElapsedTime(one.Value) >= KnownFor).ToList())
                    _verifiedAt.Remove(old);
            }

            if (_verifiedAt.Count < MostKnown || _verifiedAt.ContainsKey(sender))
                _verifiedAt[sender] = time.GetTimestamp();
        }
    }

    private bool IsKnown(Sender sender)
    {
        lock (_gate)
            return _verifiedAt.TryGetValue(sender, out var at) && time.GetElapsedTime(at) < KnownFor;
    }
}
