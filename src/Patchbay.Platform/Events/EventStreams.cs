using Patchbay.Storage;

namespace Patchbay.Platform.Events;

/// <summary>The open streams of this node: how many a tenant has, and one look for new events for all of them together.</summary>
public sealed class EventStreams(EventFeed feed, TimeProvider time)
{
    public const int MostPerTenant = 20;

    /// <summary>How often new events are looked for.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, Watched> _tenants = [];

    /// <summary>A place for one more stream, to be disposed of; null when the tenant has as many as it may.</summary>
    public EventWatch? Open(TenantId tenant)
    {
        lock (_gate)
        {
            if (!_tenants.TryGetValue(tenant, out var watched))
                _tenants.Add(tenant, watched =
                    new Watched(new Recent<EventId>(Pause, time, () => feed.NewestAsync(tenant, CancellationToken.None))));
            if (watched.Streams == MostPerTenant)
                return null;
            watched.Streams++;
            return new EventWatch(watched.Newest, () => Close(tenant, watched));
        }
    }

    private void Close(TenantId tenant, Watched watched)
    {
        lock (_gate)
        {
            if (--watched.Streams == 0)
                _tenants.Remove(tenant);
        }
    }

    private sealed class Watched(Recent<EventId> newest)
    {
        public Recent<EventId> Newest { get; } = newest;

        public int Streams { get; set; }
    }
}

/// <summary>One stream's place among those of its tenant.</summary>
public sealed class EventWatch : IDisposable
{
    private readonly Recent<EventId> _newest;
    private readonly Action _close;

    internal EventWatch(Recent<EventId> newest, Action close) => (_newest, _close) = (newest, close);

    /// <summary>Whether there are events after this one, as of the last look.</summary>
    public async Task<bool> HasAfterAsync(EventId cursor, CancellationToken cancellationToken) =>
        (await _newest.GetAsync(cancellationToken)).Value.CompareTo(cursor.Value) > 0;

    public void Dispose() => _close();
}
