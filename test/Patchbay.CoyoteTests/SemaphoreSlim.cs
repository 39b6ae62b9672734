namespace Patchbay;

/// <summary>
/// Stands in for <see cref="System.Threading.SemaphoreSlim"/>, as <see cref="Lock"/> does: waited for with a token that may be canceled,
/// the system's goes on in a task that Coyote does not control, and a schedule hangs.
/// </summary>
internal sealed class SemaphoreSlim(int free, int most) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _free = free;

    public Task WaitAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
            _waiting.Enqueue(turn);
            return turn.Task;
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var turn))
            {
                if (turn.TrySetResult())
                    return;
            }

            if (++_free > most)
                throw new SemaphoreFullException();
        }
    }

    public void Dispose()
    {
    }
}
