using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Integrations.Routing;

/// <summary>How routing writes JSON into columns: snake_case, nulls left out, no escapes that only HTML needs.</summary>
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(ConditionView[]))]
[JsonSerializable(typeof(SplitView[]))]
[JsonSerializable(typeof(RoutingDecisionView))]
internal sealed partial class RoutingJson : JsonSerializerContext
{
    public static RoutingJson Stored { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
