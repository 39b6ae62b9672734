using System.Diagnostics;
using OpenTelemetry;

namespace Patchbay.Telemetry;

/// <summary>
/// Names a request's span after its route, and takes out the address as it was called: it may hold what is nobody's business, such as the
/// unguessable id of a webhook address.
/// </summary>
internal sealed class RequestSpans : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Source.Name != "Microsoft.AspNetCore")
            return;
        var route = data.GetTagItem("http.route") as string;
        data.DisplayName = $"{data.GetTagItem("http.request.method")} {route ?? "(no route)"}";
        data.SetTag("url.path", null);
        data.SetTag("url.query", null);
    }
}
