using Patchbay.Storage;

namespace Patchbay.Engine;

/// <summary>What the engine asks the business about destinations.</summary>
public interface IDestinations
{
    /// <summary>The settings as they are now. An unknown or deleted destination is closed.</summary>
    ValueTask<LaneSettings> FindAsync(TenantId tenant, LaneId lane, CancellationToken cancellationToken);

    /// <summary>
    /// Raised, on any thread, when something about a tenant's destinations may have changed on this or another node. Who changed it waits
    /// for the task: what is begun after a change was answered goes by the change.
    /// </summary>
    event Func<TenantId, Task>? Changed;
}
