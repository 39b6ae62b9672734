namespace Patchbay.Sandbox.Faults;

/// <summary>The fault switches. They come before magic values; of several that match, the first set strikes.</summary>
public sealed class SandboxFaults
{
    private readonly Lock _lock = new();
    private readonly List<(SandboxFault Fault, int Left)> _faults = [];
    private volatile bool _any;

    /// <summary>What is switched on; a count is what is left of it.</summary>
    public IReadOnlyList<SandboxFault> Active
    {
        get
        {
            lock (_lock)
                return [.. _faults.Select(entry => entry.Fault.Count is null ? entry.Fault : entry.Fault with { Count = entry.Left })];
        }
    }

    public void Add(SandboxFault fault)
    {
        lock (_lock)
        {
            if (fault.Count is null or > 0)
                _faults.Add((fault, fault.Count ?? 0));
            _any = _faults.Count > 0;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
            _any = false;
        }
    }

    internal SandboxFault? TakeForRequest(string provider, string operation) =>
        _any ? Take(fault => !fault.IsForWebhooks && fault.Strikes(provider, operation)) : null;

    /// <summary>A reversal of the whole run; takes one from the count for the run.</summary>
    internal SandboxFault? TakeForRun(string provider, IEnumerable<string> events) =>
        _any ? Take(fault => fault.Kind == FaultKind.WebhookOutOfOrder && events.Any(name => fault.Strikes(provider, name))) : null;

    internal SandboxFault? TakeForWebhook(string provider, string name) =>
        _any ? Take(fault => fault.IsForWebhooks && fault.Kind != FaultKind.WebhookOutOfOrder && fault.Strikes(provider, name)) : null;

    private SandboxFault? Take(Predicate<SandboxFault> strikes)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(entry => strikes(entry.Fault));
            if (index < 0)
                return null;
            var (fault, left) = _faults[index];
            if (fault.Count is not null)
            {
                if (left == 1)
                    _faults.RemoveAt(index);
                else
                    _faults[index] = (fault, left - 1);
            }

            _any = _faults.Count > 0;
            return fault;
        }
    }
}
