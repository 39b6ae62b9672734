using Patchbay.Engine;
using Patchbay.Platform.Events;

namespace Patchbay.Hub.Webhooks;

/// <summary>
/// What a node remembers of an endpoint between two readings, so that it need not ask again. All of it may be out of date.
/// </summary>
internal sealed class RelayReader(WebhookKey key)
{
    private readonly Lock _gate = new();
    private bool _running;
    private bool _again;
    private WebhookRelayState? _state;
    private EventBatch? _ahead;
    private Webhook? _aheadFor;
    private int _aheadUsed;

    public WebhookKey Key => key;

    /// <summary>Up to here nothing more was wanted, which need not be written down each time.</summary>
    public EventId Scanned { get; set; }

    /// <summary>The lane had no room: when it has, there is more to do.</summary>
    public bool WaitsForRoom { get; set; }

    /// <summary>When the position was last written down without a delivery.</summary>
    public long? NotedAt { get; set; }

    /// <summary>Null: ask the database.</summary>
    public WebhookRelayState? State
    {
        get
        {
            lock (_gate)
                return _state;
        }

        set
        {
            lock (_gate)
                _state = value;
        }
    }

    /// <summary>True for the one who is to do the reading now; others' wishes are remembered.</summary>
    public bool TryBegin()
    {
        lock (_gate)
        {
            _again = _running;
            return !_running && (_running = true);
        }
    }

    /// <summary>False when somebody wished for another round meanwhile.</summary>
    public bool TryEnd()
    {
        lock (_gate)
        {
            _running = _again;
            _again = false;
            return !_running;
        }
    }

    /// <summary>The delivery that an ordered endpoint waited for has ended.</summary>
    public void Ended(DeliveryId delivery)
    {
        lock (_gate)
        {
            if (_state?.Open == delivery)
                _state = _state with { Open = null };
        }
    }

    /// <summary>The next event that was read ahead, if it follows the position and the endpoint is as it was; else null.</summary>
    public Event? NextAhead(Webhook webhook, EventId position)
    {
        if (_ahead is null || !ReferenceEquals(_aheadFor, webhook) || _aheadUsed >= _ahead.Events.Count || _aheadUsed == 0
            || _ahead.Events[_aheadUsed - 1].Id != position)
            return null;
        return _ahead.Events[_aheadUsed++];
    }

    /// <summary>Keeps what was read beyond the first event.</summary>
    public void KeepAhead(Webhook webhook, EventBatch batch) => (_ahead, _aheadFor, _aheadUsed) = (batch, webhook, 1);
}
