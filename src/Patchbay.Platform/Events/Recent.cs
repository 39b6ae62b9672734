namespace Patchbay.Platform.Events;

/// <summary>
/// A value that is read once in a while at most, however many ask for it: whoever asks in between shares the last reading.
/// </summary>
/// <param name="keptFor">Counted from the begin of a reading. One that failed is not kept.</param>
internal sealed class Recent<T>(TimeSpan keptFor, TimeProvider time, Func<Task<T>> read)
{
    private readonly Lock _gate = new();
    private Task<T>? _reading;
    private long _begun;

    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_reading is null || _reading.IsCompleted && (!_reading.IsCompletedSuccessfully || time.GetElapsedTime(_begun) >= keptFor))
            {
                _begun = time.GetTimestamp();
                _reading = Task.Run(read, CancellationToken.None);
            }

            return _reading.WaitAsync(cancellationToken);
        }
    }
}
