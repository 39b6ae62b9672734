using System.Diagnostics;
using OpenTelemetry;

namespace Patchbay.Telemetry;

/// <summary>
/// Takes the address as it was called out of a request's span, which keeps its route: it may hold what is nobody's business, such as the
/// unguessable id of a webhook address.
/// </summary>
internal sealed class AddressRemoval : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Kind != ActivityKind.Server)
            return;
        data.SetTag("url.path", null);
        data.SetTag("url.query", null);
        if (data.GetTagItem("http.route") is null)
            data.DisplayName = $"{data.GetTagItem("http.request.method")} (no route)";
    }
}
