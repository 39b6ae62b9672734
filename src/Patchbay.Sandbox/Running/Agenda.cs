namespace Patchbay.Sandbox.Running;

/// <summary>Does things later, in the order they fall due, all on one timer: cheap enough for every message to have entries.</summary>
public sealed class Agenda : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action<Exception> _onFault;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Action, (long Due, long Order)> _entries = new();
    private long _order;
    private bool _running;
    private bool _disposed;

    public Agenda(TimeProvider time, Action<Exception> onFault)
    {
        _time = time;
        _onFault = onFault;
        _timer = time.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Runs the action once the delay has passed; with no delay, at once but not on the caller's thread.</summary>
    public void After(TimeSpan delay, Action action)
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            var due = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
            _entries.Enqueue(action, (due, _order++));
            if (!_running && _entries.Peek() == action)
                _timer.Change(Positive(delay), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _entries.Clear();
        }

        _timer.Dispose();
    }

    private void RunDue()
    {
        lock (_lock)
        {
            if (_running)
                return;
            _running = true;
        }

        while (TakeDue() is { } action)
        {
            try
            {
                action();
            }
            catch (Exception fault)
            {
                _onFault(fault);
            }
        }
    }

    private Action? TakeDue()
    {
        lock (_lock)
        {
            if (!_disposed && _entries.TryPeek(out var action, out var priority))
            {
                var wait = TimeSpan.FromSeconds((double)(priority.Due - _time.GetTimestamp()) / _time.TimestampFrequency);
                if (wait <= TimeSpan.Zero)
                {
                    _entries.Dequeue();
                    return action;
                }

                _timer.Change(Positive(wait), Timeout.InfiniteTimeSpan);
            }

            _running = false;
            return null;
        }
    }

    // A timer counts whole milliseconds; rounding down would wake it just before the entry is due.
    private static TimeSpan Positive(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds)));
}
