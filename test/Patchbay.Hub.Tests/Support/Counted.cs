using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Patchbay.Hub.Tests.Support;

/// <summary>What one hub counts by one instrument, from its making on: the labels of each count.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener _listener = new();

    public Counted(IServiceProvider hub, string instrument)
    {
        var meters = hub.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (published, self) =>
        {
            if (published.Name == instrument && ReferenceEquals(published.Meter.Scope, meters))
                self.EnableMeasurementEvents(published);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, labels, _) => Labels.Add(labels.ToArray()));
        _listener.Start();
    }

    public ConcurrentBag<KeyValuePair<string, object?>[]> Labels { get; } = [];

    public void Dispose() => _listener.Dispose();
}
