using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Patchbay.Telemetry;

/// <summary>
/// Keeps out of metrics what only a tenant may know: the hosts that are called are those of tenants' webhook endpoints too.
/// </summary>
internal static class MetricViews
{
    private static readonly MetricStreamConfiguration WithoutHosts = new()
    {
        TagKeys = ["error.type", "http.connection.state", "http.request.method", "http.response.status_code", "network.protocol.version",
            "url.scheme"],
    };

    public static MetricStreamConfiguration? Of(Instrument instrument) =>
        instrument.Meter.Name is "System.Net.Http" or "System.Net.NameResolution" ? WithoutHosts : null;
}
