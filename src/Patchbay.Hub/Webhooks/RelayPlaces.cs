using Patchbay.Engine;
using Patchbay.Storage;

namespace Patchbay.Hub.Webhooks;

/// <summary>So many endpoints are read for at once; those that wait get a place tenant by tenant.</summary>
internal sealed class RelayPlaces(int places)
{
    private readonly Lock _gate = new();
    private readonly TenantTurns<TaskCompletionSource> _waiting = new();
    private int _free = places;

    /// <summary>Ends with a place, to be given back with <see cref="Release"/>.</summary>
    public Task TakeAsync(TenantId tenant)
    {
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }

            var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(tenant, place);
            return place.Task;
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            if (_waiting.TryTake(out var next))
                next.SetResult();
            else
                _free++;
        }
    }
}
