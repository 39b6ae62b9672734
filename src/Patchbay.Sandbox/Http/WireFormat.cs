using System.Text.Encodings.Web;
using System.Text.Json;

namespace Patchbay.Sandbox.Http;

/// <summary>How vendors write JSON: snake case, nulls written out, plus signs and letters of any language as they are.</summary>
public static class WireFormat
{
    /// <summary>For bodies that are put together field by field.</summary>
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A new set of options, because each serialization context binds to its own.</summary>
    public static JsonSerializerOptions Options() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
