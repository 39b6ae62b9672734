using System.Collections.Concurrent;
using Patchbay.Storage;

namespace Patchbay.Engine.Tests.Support;

/// <summary>Destinations that bear everything, unless told otherwise.</summary>
internal sealed class FakeDestinations : IDestinations
{
    public static readonly TenantId Tenant = ADelivery.Ids.New<TenantId>();

    private readonly ConcurrentDictionary<LaneId, LaneSettings> _settings = new();

    public event Func<TenantId, Task>? Changed;

    /// <summary>Lanes that cannot be looked up.</summary>
    public ConcurrentDictionary<LaneId, byte> Broken { get; } = new();

    public LaneSettings Default { get; set; } = new(1_000_000, 64);

    public Task SetAsync(LaneId lane, LaneSettings settings)
    {
        _settings[lane] = settings;
        return Changed?.Invoke(Tenant) ?? Task.CompletedTask;
    }

    public ValueTask<LaneSettings> FindAsync(TenantId tenant, LaneId lane, CancellationToken cancellationToken) =>
        Broken.ContainsKey(lane)
            ? throw new InvalidOperationException("This destination is broken.")
            : ValueTask.FromResult(_settings.GetValueOrDefault(lane, Default));
}
