using System.Diagnostics;
using Patchbay.Bench.Load;
using Patchbay.Bench.Machine;

namespace Patchbay.Bench.Targets;

/// <summary>Something that accepts operations and carries them out: the hub on one of its databases, or a yardstick.</summary>
/// <param name="name">As the report calls it.</param>
/// <param name="database">Process whose time counts as the database's; null when there is none of its own.</param>
internal abstract class Target(string name, ServerProcess server, int? database) : IDisposable
{
    private int _runs;

    public string Name => name;

    public ServerProcess Server => server;

    public int? DatabaseProcess => database;

    /// <summary>A driver whose operations no earlier run has used.</summary>
    public Driver NewDriver() => NewDriver(Request);

    /// <param name="request">The raw request, from the name of the run and the number of the operation.</param>
    public Driver NewDriver(Func<string, int, byte[]> request)
    {
        var run = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}-{Interlocked.Increment(ref _runs)}");
        return new Driver(server.Port, number => request(run, number));
    }

    /// <summary>Waits until the outcome of everything accepted is recorded.</summary>
    public async Task SettleAsync(Sink sink, int accepted, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (sink.Calls < accepted || await OpenAsync(cancellationToken) > 0)
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(3))
                throw new InvalidOperationException($"{name}: {sink.Calls} of {accepted} operations were called; the others do not come.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }
    }

    public void Dispose()
    {
        server.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract byte[] Request(string run, int number);

    /// <summary>Operations whose outcome is not recorded yet; exact when it is zero.</summary>
    protected abstract Task<long> OpenAsync(CancellationToken cancellationToken);
}
