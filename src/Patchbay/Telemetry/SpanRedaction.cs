using System.Diagnostics;
using OpenTelemetry;
using Patchbay.Connectors.Contracts;

namespace Patchbay.Telemetry;

/// <summary>
/// Takes out of spans what is nobody's business. A request keeps its route, and not the address as it was called: that may hold the
/// unguessable id of a webhook address. A call keeps the host, and not the path and query of a tenant's endpoint. No tag has a card number.
/// </summary>
internal sealed class SpanRedaction : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Kind == ActivityKind.Server)
        {
            data.SetTag("url.path", null);
            data.SetTag("url.query", null);
            if (data.GetTagItem("http.route") is null)
                data.DisplayName = $"{data.GetTagItem("http.request.method")} (no route)";
        }

        foreach (var (name, value) in data.TagObjects.ToArray())
        {
            if (value is string text && Redaction.Text(name == "url.full" ? Redaction.Addresses(text) : text) is var shown && shown != text)
                data.SetTag(name, shown);
        }
    }
}
