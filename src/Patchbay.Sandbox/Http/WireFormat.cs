using System.Text.Encodings.Web;
using System.Text.Json;

namespace Patchbay.Sandbox.Http;

/// <summary>How vendors write JSON: snake case, nulls written out, plus signs and letters of any language as they are.</summary>
internal static class WireFormat
{
    /// <summary>A new set of options, because each serialization context binds to its own.</summary>
    public static JsonSerializerOptions Options() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
