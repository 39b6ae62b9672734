using System.Security.Cryptography;
using System.Text.Json;

namespace Patchbay.Platform.Api;

/// <summary>A fingerprint of a JSON body that does not depend on white space or on the order of fields.</summary>
internal static class CanonicalJson
{
    public static byte[] Fingerprint(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return SHA256.HashData([]);
        try
        {
            using var document = JsonDocument.Parse(body);
            var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
                Write(document.RootElement, writer);
            return SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
        catch (JsonException)
        {
            return SHA256.HashData(body.Span);
        }
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(property.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(item, writer);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
