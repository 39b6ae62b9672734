using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Connectors.Praxis;

/// <summary>Transactions as Praxis tells them: one, a list of them, or null for none.</summary>
internal sealed class PraxisOneOrMany : JsonConverter<IReadOnlyList<PraxisTransaction>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<PraxisTransaction> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return [];
        if (reader.TokenType != JsonTokenType.StartArray)
            return [One(ref reader)];
        var many = new List<PraxisTransaction>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            many.Add(One(ref reader));
        return many;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<PraxisTransaction> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Nobody tells Praxis of transactions.");

    private static PraxisTransaction One(ref Utf8JsonReader reader) =>
        JsonSerializer.Deserialize(ref reader, PraxisJson.Default.PraxisTransaction) ?? throw new JsonException();
}
